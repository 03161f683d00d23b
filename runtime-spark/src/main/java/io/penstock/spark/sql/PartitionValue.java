package io.penstock.spark.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * A partition column with its value in one partition.
 *
 * @param column the column's logical name
 * @param type the column's type in the table
 * @param value of the Java class that {@link SqlLiterals#render} requires; never NULL, never the
 *     empty string, which Delta stores as NULL
 */
public record PartitionValue(String column, DataType type, Object value) {
  public PartitionValue {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(type, "type");
    SqlLiterals.identifier(column);
    SqlLiterals.render(type, value);
    if (value.equals("")) {
      throw SqlErrors.emptyPartitionValue(column);
    }
    if (value instanceof Double number && (number.isNaN() || number == 0.0)) {
      throw SqlErrors.notAFinitePartition(column, value);
    }
    if (value instanceof BigDecimal decimal) {
      // 1.0 and 1.00 are the same partition.
      value = decimal.setScale(((DecimalType) type).scale());
    }
  }

  /**
   * A value from its {@link #text}.
   *
   * @throws IllegalArgumentException when the text is no value of the type
   */
  public static PartitionValue parse(String column, DataType type, String text) {
    return new PartitionValue(column, type, value(type, text));
  }

  /** The value as text, as in the name of a unit: dates and timestamps in ISO format. */
  public String text() {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private static Object value(DataType type, String text) {
    if (type.equals(DataTypes.StringType)) {
      return text;
    }
    if (type.equals(DataTypes.BooleanType)) {
      return Boolean.valueOf(text);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Integer.valueOf(text);
    }
    if (type.equals(DataTypes.LongType)) {
      return Long.valueOf(text);
    }
    if (type.equals(DataTypes.DoubleType)) {
      return Double.valueOf(text);
    }
    if (type instanceof DecimalType) {
      return new BigDecimal(text);
    }
    if (type.equals(DataTypes.DateType)) {
      return LocalDate.parse(text);
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Instant.parse(text);
    }
    throw SqlErrors.unsupportedType(type);
  }

  @Override
  public String toString() {
    return column + "=" + text();
  }
}
