package io.penstock.spark.landed;

import io.penstock.spark.problems.PlanProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Requires that Parquet files have the same columns. Spark takes the columns of one file for all: a
 * column that only another file has would be dropped silently, and a missing one would be NULL.
 */
final class ParquetSchemas {
  private ParquetSchemas() {}

  /**
   * The columns of the first file, which are those of all.
   *
   * @throws PlanProblemException that names two files and how their columns differ
   */
  static StructType schemaOf(SparkSession session, List<ParquetFooters.Footer> footers) {
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(session.sessionState().conf());
    List<StructType> schemas =
        footers.stream().map(footer -> converter.convert(footer.schema())).toList();
    Map<String, DataType> columns = columns(schemas.get(0));
    for (int i = 1; i < footers.size(); i++) {
      Optional<String> difference = difference(columns, columns(schemas.get(i)));
      if (difference.isPresent()) {
        throw new PlanProblemException(
            "PARQUET_COLUMNS_DIFFER",
            "Cannot read '%s' and '%s' together: %s."
                .formatted(
                    ParquetFooters.path(footers.get(0).file()),
                    ParquetFooters.path(footers.get(i).file()),
                    difference.get()),
            "read them as two sources, give both the same columns, and union them.");
      }
    }
    return schemas.get(0);
  }

  private static Map<String, DataType> columns(StructType schema) {
    Map<String, DataType> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : schema.fields()) {
      columns.put(field.name(), field.dataType().asNullable());
    }
    return columns;
  }

  /** How two schemas differ; empty if they agree. */
  private static Optional<String> difference(
      Map<String, DataType> first, Map<String, DataType> second) {
    for (Map.Entry<String, DataType> column : first.entrySet()) {
      DataType other = second.get(column.getKey());
      if (other == null) {
        return Optional.of("only the first has column '" + column.getKey() + "'");
      }
      if (!other.equals(column.getValue())) {
        return Optional.of(
            "column '%s' is %s in the first and %s in the second"
                .formatted(column.getKey(), column.getValue().sql(), other.sql()));
      }
    }
    return second.keySet().stream()
        .filter(name -> !first.containsKey(name))
        .map(name -> "only the second has column '" + name + "'")
        .findFirst();
  }
}
