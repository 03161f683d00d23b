package io.penstock.spark.typed;

import io.penstock.spark.problems.PlanProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that all files of a source have, where none are declared. Spark takes the columns of
 * one file for all: a column that only another file has would be dropped silently, and a missing
 * one would be NULL.
 */
final class CommonColumns {
  private CommonColumns() {}

  /**
   * The columns of the first file, which those of the others equal. One of which a file says that
   * all values are NULL has the type that others give it.
   *
   * @throws PlanProblemException that names two files and how their columns differ
   */
  static StructType of(List<TypedFile> files) {
    TypedFile first = files.get(0);
    files.forEach(CommonColumns::requireReadable);
    Map<String, DataType> common = columns(first);
    for (TypedFile other : files) {
      Optional<String> difference = difference(common, columns(other));
      if (difference.isPresent()) {
        throw new PlanProblemException(
            "FILE_COLUMNS_DIFFER",
            "Cannot read '%s' and '%s' together: %s."
                .formatted(first.path(), other.path(), difference.get()),
            "declare types that hold both with schema(…), and optional(…) for columns that files"
                + " may lack.");
      }
    }
    StructType schema = new StructType();
    for (FileColumn column : first.columns()) {
      schema = schema.add(column.name(), common.get(column.name()));
    }
    return schema;
  }

  private static void requireReadable(TypedFile file) {
    for (FileColumn column : file.columns()) {
      if (column.content() == FileColumn.Content.UNREADABLE) {
        throw new PlanProblemException(
            "FILE_TYPE_UNSUPPORTED",
            "Cannot read the column '%s' of '%s': its type, %s, has no counterpart in Spark."
                .formatted(column.name(), file.path(), column.written()),
            "declare the columns that you need with schema(…), without this one.");
      }
    }
  }

  private static Map<String, DataType> columns(TypedFile file) {
    Map<String, DataType> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    file.columns().forEach(column -> columns.put(column.name(), column.meaning()));
    return columns;
  }

  /** How the columns of a file differ from the common ones; empty if they agree. */
  private static Optional<String> difference(
      Map<String, DataType> common, Map<String, DataType> other) {
    for (Map.Entry<String, DataType> column : common.entrySet()) {
      DataType type = other.get(column.getKey());
      if (type == null) {
        return Optional.of("only the first has column '" + column.getKey() + "'");
      }
      if (column.getValue() instanceof NullType) {
        column.setValue(type);
      } else if (!type.equals(column.getValue()) && !(type instanceof NullType)) {
        return Optional.of(
            "column '%s' is %s in the first and %s in the second"
                .formatted(column.getKey(), column.getValue().sql(), type.sql()));
      }
    }
    return other.keySet().stream()
        .filter(name -> !common.containsKey(name))
        .map(name -> "only the second has column '" + name + "'")
        .findFirst();
  }
}
