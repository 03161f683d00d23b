package io.penstock.spark.sql;

import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.math.BigDecimal;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Converts values of the language to Catalyst literals with the matching Spark type. */
public final class CatalystLiterals {
  private CatalystLiterals() {}

  /**
   * A literal of exactly the value's type; a decimal has the precision and scale it was given in.
   */
  public static Literal literal(TypedValue value) {
    return Literal.create(value.value(), dataType(value));
  }

  /** The Spark type of a value. */
  public static DataType dataType(TypedValue value) {
    return value.value() instanceof BigDecimal decimal
        ? decimalType(decimal)
        : dataType(value.type());
  }

  /** The narrowest type that holds a decimal, which is also the type of its literal in SQL. */
  static DataType decimalType(BigDecimal decimal) {
    return DataTypes.createDecimalType(
        Math.max(decimal.precision(), decimal.scale()), decimal.scale());
  }

  /** The Spark type of a partition column or parameter that is not a decimal. */
  public static DataType dataType(ValueType type) {
    return switch (type) {
      case STRING -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INTEGER -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case DECIMAL -> DataTypes.createDecimalType();
    };
  }
}
