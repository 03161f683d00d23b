package io.penstock.jobs.read;

import io.penstock.spec.LakePath;

/** One snippet for each program, with what has to be there first in its comments. */
final class Snippets {
  private Snippets() {}

  /** DuckDB shows times in the zone of its session, and reads objects by secrets of its own. */
  static String duckDb(LakePath table, TableLocation location) {
    return """
    -- Reads %s in DuckDB 1.5. Once before: INSTALL delta;
    %sLOAD delta;
    SET TimeZone = 'UTC';
    SELECT * FROM delta_scan(%s);
    """
        .formatted(
            table,
            location.isLocal() ? "" : "-- CREATE SECRET (TYPE s3, PROVIDER credential_chain);\n",
            sqlText(location.plain()));
  }

  static String polars(LakePath table, TableLocation location) {
    return """
    # Reads %s: pip install polars deltalake
    %simport polars

    rows = polars.read_delta(%s)
    print(rows)
    """
        .formatted(table, credentials(location), pythonText(location.plain()));
  }

  /**
   * Without Arrow's types pandas makes floating-point numbers of whole ones where some are NULL.
   */
  static String pandas(LakePath table, TableLocation location) {
    return """
    # Reads %s: pip install pandas pyarrow deltalake
    %simport pandas
    from deltalake import DeltaTable

    rows = DeltaTable(%s).to_pyarrow_table().to_pandas(types_mapper=pandas.ArrowDtype)
    print(rows)
    """
        .formatted(table, credentials(location), pythonText(location.plain()));
  }

  static String trino(LakePath table, TableLocation location) {
    return """
    -- Reads %s in Trino: a catalog delta of the connector delta_lake, with
    -- delta.register-table-procedure.enabled=true%s, and a schema lake.
    -- Trino rounds a TIMESTAMP to milliseconds: 23:59:59.999500 is of the next day.
    -- The CALL is for the first time. It fails where the schema has that name, maybe for another table.
    CALL delta.system.register_table(schema_name => 'lake', table_name => %s, table_location => %s);
    SELECT * FROM delta.lake.%s;
    """
        .formatted(
            table,
            location.isLocal() ? ", fs.native-local.enabled=true, local.location=/" : "",
            sqlText(table.name()),
            sqlText(location.forTrino()),
            '"' + table.name() + '"');
  }

  static String spark(LakePath table, TableLocation location) {
    return """
    -- Reads %s in Spark SQL with Delta:
    -- spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension
    -- spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog
    SELECT * FROM delta.`%s`;
    """
        .formatted(table, location.uri().replace("`", "``"));
  }

  private static String credentials(TableLocation location) {
    return location.isLocal()
        ? ""
        : "# AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION are set.\n";
  }

  private static String sqlText(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String pythonText(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
