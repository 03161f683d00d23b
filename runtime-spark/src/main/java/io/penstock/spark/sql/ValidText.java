package io.penstock.spark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps texts out of tables that aren't UTF-8. Spark makes them of BINARY without a word, and other
 * programs refuse the file that holds one.
 */
public final class ValidText {
  private ValidText() {}

  /** The same rows, which fail where a text isn't UTF-8. */
  public static Dataset<Row> required(Dataset<Row> rows, String output) {
    StructType schema = rows.schema();
    if (!schema.existsRecursively(StringType.class::isInstance)) {
      return rows;
    }
    List<Column> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      Column column = functions.col(SqlLiterals.identifier(field.name()));
      columns.add(
          invalid(column, field.dataType())
              .map(invalid -> guarded(column, invalid, field, output))
              .orElse(column));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column guarded(Column column, Column invalid, StructField field, String output) {
    Column failure =
        functions.raise_error(
            functions.lit(
                "A text in column '%s' for '%s' is not valid UTF-8: make it valid, for example with make_valid_utf8(…)."
                    .formatted(field.name(), output)));
    return functions.when(invalid, failure).otherwise(column).as(field.name(), field.metadata());
  }

  /** A condition that is TRUE where a value holds such a text; empty if its type has none. */
  private static Optional<Column> invalid(Column value, DataType type) {
    if (type instanceof StringType) {
      return Optional.of(functions.not(functions.is_valid_utf8(value)));
    }
    if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream()
          .flatMap(field -> invalid(value.getField(field.name()), field.dataType()).stream())
          .reduce((one, other) -> anyOf(one, other));
    }
    if (type instanceof ArrayType array) {
      return inElements(value, array.elementType());
    }
    if (type instanceof MapType map) {
      Optional<Column> keys = inElements(functions.map_keys(value), map.keyType());
      Optional<Column> values = inElements(functions.map_values(value), map.valueType());
      return keys.isPresent() && values.isPresent()
          ? Optional.of(anyOf(keys.get(), values.get()))
          : keys.or(() -> values);
    }
    return Optional.empty();
  }

  private static Optional<Column> inElements(Column elements, DataType type) {
    // Asked first, so that the lambda always has a condition.
    return invalid(functions.lit(null).cast(type), type)
        .map(
            condition ->
                functions.exists(elements, element -> invalid(element, type).orElseThrow()));
  }

  /** NULL, where a value is absent, counts as FALSE. */
  private static Column anyOf(Column one, Column other) {
    return functions
        .coalesce(one, functions.lit(false))
        .or(functions.coalesce(other, functions.lit(false)));
  }
}
