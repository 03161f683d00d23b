package io.penstock.spark.delta;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A broken constraint, as Delta reports it, in readable words.
 *
 * @param name the constraint's name, or the rule itself when it has none
 * @param condition the rule, behind a space; may be empty
 * @param row the values that broke it, behind a comma; may be empty
 */
record BrokenConstraint(String name, String condition, String row) {
  private static final String NOT_NULL = "DELTA_NOT_NULL_CONSTRAINT_VIOLATED";
  private static final String ROW_START = " - ";
  private static final String VALUE_START = " : ";

  static BrokenConstraint of(String kind, Map<String, String> parameters, StructType schema) {
    if (kind.equals(NOT_NULL)) {
      return new BrokenConstraint("NOT NULL " + parameters.get("columnName"), "", "");
    }
    String condition = parameters.getOrDefault("expression", parameters.getOrDefault("expr", ""));
    String values = parameters.getOrDefault("values", "");
    return new BrokenConstraint(
        parameters.getOrDefault("constraintName", kind),
        condition.isEmpty() ? "" : " " + condition,
        values.isEmpty() ? "" : ", by a row with " + readable(values, schema));
  }

  private static String readable(String values, StructType schema) {
    return Arrays.stream(("\n" + values).split("\n" + ROW_START, -1))
        .filter(value -> !value.isEmpty())
        .map(value -> readableValue(value, schema))
        .collect(joining(", "));
  }

  // Delta prints a date as its days and a timestamp as its microseconds since 1970.
  private static String readableValue(String columnAndValue, StructType schema) {
    int split = columnAndValue.indexOf(VALUE_START);
    if (split < 0) {
      return columnAndValue;
    }
    String column = columnAndValue.substring(0, split);
    String value = columnAndValue.substring(split + VALUE_START.length());
    if (Arrays.asList(schema.fieldNames()).contains(column) && value.matches("-?\\d+")) {
      DataType type = schema.apply(column).dataType();
      if (type instanceof DateType) {
        value = LocalDate.ofEpochDay(Long.parseLong(value)).toString();
      } else if (type instanceof TimestampType) {
        value = Instant.EPOCH.plus(Long.parseLong(value), ChronoUnit.MICROS).toString();
      }
    }
    return column + " = " + value;
  }
}
