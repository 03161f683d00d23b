package io.penstock.spark.sql;

import io.penstock.spark.text.Printable;
import org.apache.spark.sql.types.DataType;

/** Builds every exception of this package: the problem, the place, why, and the fix. */
final class SqlErrors {
  private SqlErrors() {}

  static IllegalArgumentException nullLiteral(DataType type) {
    return noLiteral(
        type,
        "there is no value. A comparison with NULL is never true; use IS NULL where that is"
            + " meant.");
  }

  static IllegalArgumentException unsupportedType(DataType type) {
    return noLiteral(
        type,
        "only STRING, BOOLEAN, INT, BIGINT, DECIMAL, DOUBLE, DATE and TIMESTAMP have one. Use a"
            + " column of one of these types.");
  }

  private static IllegalArgumentException noLiteral(DataType type, String why) {
    return new IllegalArgumentException(
        "Cannot render a literal of type %s: %s".formatted(type.sql(), why));
  }

  static IllegalArgumentException wrongClass(DataType type, Object value) {
    return notRendered(
        type,
        value,
        "a "
            + value.getClass().getName()
            + " doesn't hold such a value. Give STRING a String, BOOLEAN a Boolean, INT an Integer,"
            + " BIGINT a Long, DECIMAL a BigDecimal, DOUBLE a Double, DATE a LocalDate, TIMESTAMP"
            + " an Instant.");
  }

  static IllegalArgumentException notRepresentable(DataType type, Object value, String why) {
    return notRendered(type, value, why + ". Change the value, or the type.");
  }

  private static IllegalArgumentException notRendered(DataType type, Object value, String why) {
    return new IllegalArgumentException(
        "Cannot render '%s' as %s: %s"
            .formatted(Printable.of(String.valueOf(value)), type.sql(), why));
  }

  static IllegalArgumentException badIdentifier(String name, String why) {
    return new IllegalArgumentException(
        "Cannot quote column '%s': %s. Rename the column.".formatted(Printable.of(name), why));
  }

  static IllegalArgumentException emptyPartitionValue(String column) {
    return notSelected(
        column,
        "''",
        "Delta stores an empty string as NULL in a partition column, so the partition would never"
            + " be found again. Use another value, such as 'none'.");
  }

  static IllegalArgumentException notAFinitePartition(String column, Object value) {
    return notSelected(
        column,
        value,
        "it equals no value, or several. Partition by values that are equal only to themselves.");
  }

  private static IllegalArgumentException notSelected(String column, Object value, String why) {
    return new IllegalArgumentException(
        "Cannot select partition %s = %s: %s".formatted(Printable.of(column), value, why));
  }

  static IllegalArgumentException emptyPredicate() {
    return new IllegalArgumentException(
        "Cannot build a partition predicate: it names no partition, so it would select nothing or"
            + " everything. Give at least one unit with at least one value.");
  }

  static IllegalArgumentException repeatedColumn(String column) {
    return new IllegalArgumentException(
        "Cannot build a partition predicate: column '%s' has two values in one unit. Give each column one value."
            .formatted(Printable.of(column)));
  }

  static IllegalArgumentException changedByParser(String predicate, String parsed) {
    return new IllegalArgumentException(
        "Cannot use partition predicate %s: Spark reads it as %s, which is something else and could select other rows. Unset spark.sql.parser.escapedStringLiterals and the other legacy parser settings, or rename the column."
            .formatted(Printable.of(predicate), Printable.of(parsed)));
  }
}
