package io.penstock.spark.typed;

import io.penstock.spark.coercion.ExactTypes;
import io.penstock.spark.records.Decimals;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.text.ExceptionText;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How the values of a file's column become values of a declared type. Where the type holds all of
 * them they are cast; where it holds some, such as BIGINT of DOUBLE, each is converted, and refused
 * when it isn't one of them. Nothing is rounded, cut off or guessed.
 */
final class Conversions {
  private static final long MICROS_OF_DAY = TimeUnit.DAYS.toMicros(1);
  private static final long NANOS_OF_MICRO = 1_000;

  /** The greatest numbers up to which the floating-point types hold every whole one. */
  private static final long WHOLE_DOUBLES = 1L << 53;

  private static final long WHOLE_FLOATS = 1L << 24;

  private Conversions() {}

  /** The values of a column as those of a declared one; empty if the types have nothing to do. */
  static Optional<Column> of(FileColumn column, Column values, StructField declared) {
    Optional<Column> converted = toType(column, values, declared);
    return declared.nullable()
        ? converted
        : converted.map(
            value -> converted(value, declared.name(), declared.dataType(), Whole.REQUIRED));
  }

  private static Optional<Column> toType(FileColumn column, Column values, StructField declared) {
    DataType to = declared.dataType();
    if (column.hasPlainValues()) {
      if (column.type().asNullable().equals(to.asNullable())) {
        return Optional.of(values);
      }
      if (ExactTypes.holds(to.asNullable(), column.type().asNullable())
          && haveSameNames(column.type(), to)) {
        return Optional.of(values.cast(to));
      }
    }
    return conversion(column, to).map(how -> converted(values, declared.name(), to, how));
  }

  private static Column converted(
      Column values, String column, DataType to, ValueConversion conversion) {
    return ExpressionUtils.column(
        new ConvertedValue(ExpressionUtils.expression(values), column, to, conversion));
  }

  private static Optional<ValueConversion> conversion(FileColumn column, DataType to) {
    return switch (column.content()) {
      case VALUES, INT96_TIMES -> ofValues(column.type(), to);
      case NANOSECONDS -> ofNanoseconds(to, to instanceof TimestampType);
      case LOCAL_NANOSECONDS ->
          ofNanoseconds(to, to instanceof TimestampType || to instanceof TimestampNTZType);
      case NULLS -> Optional.of(Whole.NULL);
      case UNREADABLE -> Optional.empty();
    };
  }

  private static Optional<ValueConversion> ofNanoseconds(DataType to, boolean toMicroseconds) {
    if (toMicroseconds) {
      return Optional.of(Whole.MICROSECOND_OF_NANOSECONDS);
    }
    return to instanceof DateType ? Optional.of(Whole.DAY_OF_NANOSECONDS) : Optional.empty();
  }

  private static Optional<ValueConversion> ofValues(DataType from, DataType to) {
    boolean exact = from instanceof IntegralType || from instanceof DecimalType;
    if (exact && to instanceof IntegralType) {
      return Optional.of(new Integral(to, Long.MAX_VALUE));
    }
    if (exact && to instanceof DecimalType decimal) {
      return Optional.of(new Exact(decimal));
    }
    if (from instanceof DoubleType && to instanceof IntegralType) {
      return Optional.of(new Integral(to, WHOLE_DOUBLES));
    }
    if (from instanceof FloatType && to instanceof IntegralType) {
      return Optional.of(new Integral(to, WHOLE_FLOATS));
    }
    boolean time = from instanceof TimestampType || from instanceof TimestampNTZType;
    if (time && to instanceof DateType) {
      return Optional.of(Whole.DAY_OF_MICROSECONDS);
    }
    if (from instanceof BinaryType && to instanceof StringType) {
      return Optional.of(Whole.TEXT);
    }
    return from instanceof StringType
        ? ValueParser.of(to).map(parser -> new Parsed(to, parser))
        : Optional.empty();
  }

  /** Casts go by the positions of fields, and not by their names. */
  private static boolean haveSameNames(DataType one, DataType other) {
    if (one instanceof StructType struct && other instanceof StructType declared) {
      return List.of(struct.fieldNames()).equals(List.of(declared.fieldNames()))
          && IntStream.range(0, struct.size())
              .allMatch(
                  i ->
                      haveSameNames(
                          struct.fields()[i].dataType(), declared.fields()[i].dataType()));
    }
    if (one instanceof ArrayType array && other instanceof ArrayType declared) {
      return haveSameNames(array.elementType(), declared.elementType());
    }
    return !(one instanceof MapType map && other instanceof MapType declared)
        || (haveSameNames(map.keyType(), declared.keyType())
            && haveSameNames(map.valueType(), declared.valueType()));
  }

  /** A number that is whole and in range. */
  private record Integral(DataType to, long greatest) implements ValueConversion {
    @Override
    public Object convert(Object value) {
      if (value == null) {
        return null;
      }
      try {
        return inRange(whole(value));
      } catch (ArithmeticException e) {
        throw unfit(to);
      }
    }

    private long whole(Object value) {
      if (value instanceof Decimal decimal) {
        return decimal.toJavaBigDecimal().longValueExact();
      }
      if (value instanceof Double || value instanceof Float) {
        double number = ((Number) value).doubleValue();
        // Beyond, the number may have been another one before it was rounded to a floating one.
        if (number != Math.rint(number) || !(Math.abs(number) < greatest)) {
          throw new ArithmeticException();
        }
        return (long) number;
      }
      return ((Number) value).longValue();
    }

    private Object inRange(long number) {
      if (to instanceof IntegerType) {
        return Math.toIntExact(number);
      }
      if (to instanceof ShortType) {
        return exact(number, (short) number);
      }
      return to instanceof ByteType ? exact(number, (byte) number) : (Object) number;
    }

    private static <T extends Number> T exact(long number, T narrowed) {
      if (narrowed.longValue() != number) {
        throw new ArithmeticException();
      }
      return narrowed;
    }
  }

  /** A number with few enough digits before and behind the point. */
  private record Exact(DecimalType to) implements ValueConversion {
    @Override
    public Object convert(Object value) {
      if (value == null) {
        return null;
      }
      try {
        return Decimals.exact(value.toString(), to);
      } catch (ArithmeticException e) {
        throw unfit(to);
      }
    }
  }

  /** A text in the strict form of a type. */
  private record Parsed(DataType to, ValueParser parser) implements ValueConversion {
    @Override
    public Object convert(Object value) {
      if (value == null) {
        return null;
      }
      try {
        return parser.parse(value.toString());
      } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
        throw unfit(to);
      }
    }
  }

  private static UnfitValueException unfit(DataType to) {
    return new UnfitValueException(
        "holds a value that is not " + ExceptionText.withArticle(to.sql()));
  }

  /** Conversions that have nothing to remember. */
  private enum Whole implements ValueConversion {
    NULL {
      @Override
      public Object convert(Object value) {
        if (value != null) {
          throw new UnfitValueException("holds a value, where the file says that all are NULL");
        }
        return null;
      }
    },
    REQUIRED {
      @Override
      public Object convert(Object value) {
        if (value == null) {
          throw new UnfitValueException("is NULL in a row, and declared NOT NULL");
        }
        return value;
      }
    },
    MICROSECOND_OF_NANOSECONDS {
      @Override
      public Object convert(Object value) {
        return value == null ? null : (Object) microseconds((Long) value);
      }
    },
    DAY_OF_NANOSECONDS {
      @Override
      public Object convert(Object value) {
        return value == null ? null : (Object) day(microseconds((Long) value));
      }
    },
    DAY_OF_MICROSECONDS {
      @Override
      public Object convert(Object value) {
        return value == null ? null : (Object) day((Long) value);
      }
    },
    TEXT {
      @Override
      public Object convert(Object value) {
        if (value == null) {
          return null;
        }
        UTF8String text = UTF8String.fromBytes((byte[]) value);
        if (!text.isValid()) {
          throw new UnfitValueException("holds bytes that are not valid UTF-8");
        }
        return text;
      }
    };

    private static long microseconds(long nanoseconds) {
      if (nanoseconds % NANOS_OF_MICRO != 0) {
        throw UnfitValueException.nanoseconds();
      }
      return nanoseconds / NANOS_OF_MICRO;
    }

    private static int day(long microseconds) {
      if (microseconds % MICROS_OF_DAY != 0) {
        throw new UnfitValueException("holds a time that is not midnight, and is declared DATE");
      }
      return Math.toIntExact(microseconds / MICROS_OF_DAY);
    }
  }
}
