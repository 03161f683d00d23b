package io.penstock.spark.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The rows of all partitions of an export, for people. A partition may be older than a column,
 * which it then shows as NULL, or than its type: what is of different types is shown as text.
 */
final class ExportRows {
  private ExportRows() {}

  /** The rows; empty when there is no partition. */
  static Optional<Dataset<Row>> of(List<PublishedExport> partitions, SparkSession session) {
    List<Dataset<Row>> frames = partitions.stream().map(one -> one.rows(session)).toList();
    Set<String> disagreeing = disagreeing(frames);
    return frames.stream()
        .map(frame -> asTexts(frame, disagreeing))
        .reduce((one, other) -> one.unionByName(other, true));
  }

  /** The columns of more than one type, in lower case: Spark tells no cases apart. */
  private static Set<String> disagreeing(List<Dataset<Row>> frames) {
    Map<String, DataType> types = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (Dataset<Row> frame : frames) {
      for (StructField field : frame.schema().fields()) {
        String name = field.name().toLowerCase(Locale.ROOT);
        DataType other = types.putIfAbsent(name, field.dataType());
        if (other != null && !other.equals(field.dataType())) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static Dataset<Row> asTexts(Dataset<Row> frame, Set<String> columns) {
    Dataset<Row> shown = frame;
    for (String name : frame.columns()) {
      if (columns.contains(name.toLowerCase(Locale.ROOT))) {
        Column column = functions.col("`" + name.replace("`", "``") + "`");
        shown = shown.withColumn(name, column.cast(DataTypes.StringType));
      }
    }
    return shown;
  }
}
