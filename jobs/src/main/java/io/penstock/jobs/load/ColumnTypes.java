package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport.Column;
import java.util.HashMap;
import java.util.Map;

/**
 * The types of one database for those of Spark SQL.
 *
 * @param names by the name of Spark's type without its parameters; {@code DECIMAL} keeps its own
 */
record ColumnTypes(Map<String, String> names) {
  static final ColumnTypes POSTGRES =
      new ColumnTypes(
          Map.ofEntries(
              Map.entry("STRING", "text"),
              Map.entry("BOOLEAN", "boolean"),
              Map.entry("TINYINT", "smallint"),
              Map.entry("SMALLINT", "smallint"),
              Map.entry("INT", "integer"),
              Map.entry("BIGINT", "bigint"),
              Map.entry("FLOAT", "real"),
              Map.entry("DOUBLE", "double precision"),
              Map.entry("DECIMAL", "numeric"),
              Map.entry("DATE", "date"),
              Map.entry("TIMESTAMP", "timestamptz"),
              Map.entry("TIMESTAMP_NTZ", "timestamp")));

  /** Its longest text is this long, in bytes. */
  static final ColumnTypes REDSHIFT = POSTGRES.with("STRING", "varchar(65535)");

  static final ColumnTypes SNOWFLAKE =
      POSTGRES
          .with("STRING", "varchar")
          .with("DOUBLE", "float")
          .with("FLOAT", "float")
          .with("DECIMAL", "number")
          .with("TIMESTAMP", "timestamp_tz")
          .with("TIMESTAMP_NTZ", "timestamp_ntz");

  ColumnTypes {
    names = Map.copyOf(names);
  }

  /** The type of a column. */
  String of(Column column) {
    String type = column.type();
    return base(type).equals("DECIMAL")
        ? names.get("DECIMAL") + type.substring("DECIMAL".length())
        : names.get(base(type));
  }

  /** Texts of a limited length or with a collation are texts. */
  static String base(String type) {
    String word = type.replaceFirst("[ (].*", "");
    return word.endsWith("CHAR") ? "STRING" : word;
  }

  private ColumnTypes with(String type, String name) {
    Map<String, String> changed = new HashMap<>(names);
    changed.put(type, name);
    return new ColumnTypes(changed);
  }
}
