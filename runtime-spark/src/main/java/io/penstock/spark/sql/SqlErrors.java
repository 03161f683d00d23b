package io.penstock.spark.sql;

import io.penstock.spark.text.Printable;
import org.apache.spark.sql.types.DataType;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class SqlErrors {
  private SqlErrors() {}

  static IllegalArgumentException nullLiteral(DataType type) {
    return new IllegalArgumentException(
        "Cannot render a literal of type "
            + type.sql()
            + ": there is no value. A comparison with NULL is never true; say IS NULL where that is"
            + " meant.");
  }

  static IllegalArgumentException wrongClass(DataType type, Object value) {
    return new IllegalArgumentException(
        "Cannot render '"
            + Printable.of(String.valueOf(value))
            + "' as "
            + type.sql()
            + ": a "
            + value.getClass().getName()
            + " doesn't hold such a value. Give STRING a String, BOOLEAN a Boolean, INT an Integer,"
            + " BIGINT a Long, DECIMAL a BigDecimal, DOUBLE a Double, DATE a LocalDate, TIMESTAMP"
            + " an Instant.");
  }

  static IllegalArgumentException notRepresentable(DataType type, Object value, String why) {
    return new IllegalArgumentException(
        "Cannot render '"
            + Printable.of(String.valueOf(value))
            + "' as "
            + type.sql()
            + ": "
            + why
            + ". Change the value, or the type.");
  }

  static IllegalArgumentException unsupportedType(DataType type) {
    return new IllegalArgumentException(
        "Cannot render a literal of type "
            + type.sql()
            + ": only STRING, BOOLEAN, INT, BIGINT, DECIMAL, DOUBLE, DATE and TIMESTAMP have one."
            + " Use a column of one of these types.");
  }

  static IllegalArgumentException badIdentifier(String name, String why) {
    return new IllegalArgumentException(
        "Cannot quote column '" + Printable.of(name) + "': " + why + ". Rename the column.");
  }

  static IllegalArgumentException emptyPartitionValue(String column) {
    return new IllegalArgumentException(
        "Cannot select partition "
            + Printable.of(column)
            + " = '': Delta stores an empty string as NULL in a partition column, so it would never"
            + " be found again. Use a value of its own, like 'none'.");
  }

  static IllegalArgumentException notAFinitePartition(String column, Object value) {
    return new IllegalArgumentException(
        "Cannot select partition "
            + Printable.of(column)
            + " = "
            + value
            + ": it equals nothing, or not only itself. Partition by a value with a plain"
            + " equality.");
  }

  static IllegalArgumentException emptyPredicate() {
    return new IllegalArgumentException(
        "Cannot build a partition predicate: it names no partition, so it would select nothing or"
            + " everything. Give at least one unit with at least one value.");
  }

  static IllegalArgumentException repeatedColumn(String column) {
    return new IllegalArgumentException(
        "Cannot build a partition predicate: column '"
            + Printable.of(column)
            + "' has two values in one unit. Give each column one value.");
  }

  static IllegalArgumentException changedByParser(String predicate, String parsed) {
    return new IllegalArgumentException(
        "Cannot use partition predicate "
            + Printable.of(predicate)
            + ": Spark reads it as "
            + Printable.of(parsed)
            + ", which is not what was meant and could touch other rows. Unset"
            + " spark.sql.parser.escapedStringLiterals and the other legacy parser settings, or"
            + " rename the column.");
  }
}
