package io.penstock.spark.typed;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.TypeDescription;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** The values of an ORC column, as Spark's internal rows hold them. */
abstract class OrcValues {
  /** The value of a row; NULL where there is none. */
  final Object at(ColumnVector column, int row) {
    int position = position(column, row);
    return column.noNulls || !column.isNull[position] ? value(column, position) : null;
  }

  /** Where the value of a row is. */
  int position(ColumnVector column, int row) {
    return column.isRepeating ? 0 : row;
  }

  abstract Object value(ColumnVector column, int position);

  /** Those of a column of a type that Spark has, too. */
  static OrcValues of(TypeDescription type) {
    return switch (type.getCategory()) {
      case BOOLEAN -> whole(value -> value != 0);
      case BYTE -> whole(value -> (byte) value);
      case SHORT -> whole(value -> (short) value);
      case INT, DATE -> whole(value -> (int) value);
      case LONG -> whole(value -> value);
      case FLOAT -> new Floating(true);
      case DOUBLE -> new Floating(false);
      case STRING, CHAR, VARCHAR -> new Bytes(true);
      case BINARY -> new Bytes(false);
      case DECIMAL -> new Decimals(type.getPrecision(), type.getScale());
      case TIMESTAMP, TIMESTAMP_INSTANT -> new Times();
      case LIST -> new Lists(of(type.getChildren().get(0)));
      case MAP -> new Maps(of(type.getChildren().get(0)), of(type.getChildren().get(1)));
      case STRUCT -> new Structs(type.getChildren().stream().map(OrcValues::of).toList());
      default -> throw new IllegalStateException("There is no type for " + type + ".");
    };
  }

  private interface OfLong {
    Object value(long stored);
  }

  private static OrcValues whole(OfLong converted) {
    return new OrcValues() {
      @Override
      Object value(ColumnVector column, int position) {
        return converted.value(((LongColumnVector) column).vector[position]);
      }
    };
  }

  private static final class Floating extends OrcValues {
    private final boolean single;

    Floating(boolean single) {
      this.single = single;
    }

    /** Zeros of both signs count as one that is repeated, and yet all of them are there. */
    @Override
    int position(ColumnVector column, int row) {
      return column.noNulls ? row : super.position(column, row);
    }

    @Override
    Object value(ColumnVector column, int position) {
      double value = ((DoubleColumnVector) column).vector[position];
      return single ? (Object) (float) value : (Object) value;
    }
  }

  private static final class Bytes extends OrcValues {
    private final boolean text;

    Bytes(boolean text) {
      this.text = text;
    }

    @Override
    Object value(ColumnVector column, int position) {
      BytesColumnVector bytes = (BytesColumnVector) column;
      byte[] copy =
          Arrays.copyOfRange(
              bytes.vector[position],
              bytes.start[position],
              bytes.start[position] + bytes.length[position]);
      return text ? UTF8String.fromBytes(copy) : copy;
    }
  }

  private static final class Decimals extends OrcValues {
    private final int precision;
    private final int scale;

    Decimals(int precision, int scale) {
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    Object value(ColumnVector column, int position) {
      BigDecimal value =
          ((DecimalColumnVector) column).vector[position].getHiveDecimal().bigDecimalValue();
      // A zero may come without its scale, and counts as a digit then.
      boolean fits =
          value.signum() == 0
              || (value.scale() <= scale && value.precision() - value.scale() <= precision - scale);
      if (!fits) {
        throw new UnfitValueException("holds a number with more digits than its type in the file");
      }
      return Decimal.apply(new scala.math.BigDecimal(value), precision, scale);
    }
  }

  private static final class Times extends OrcValues {
    private static final int NANOS_OF_MICRO = 1_000;
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final long MICROS_OF_MILLI = 1_000;

    @Override
    Object value(ColumnVector column, int position) {
      TimestampColumnVector times = (TimestampColumnVector) column;
      int nanos = times.nanos[position];
      if (nanos % NANOS_OF_MICRO != 0) {
        throw UnfitValueException.nanoseconds();
      }
      // The milliseconds of the nanoseconds are in both. Before 1970 some writers count the
      // nanoseconds backwards from the second that follows.
      long wholeSeconds = times.time[position] - nanos / NANOS_OF_MILLI;
      return wholeSeconds * MICROS_OF_MILLI + nanos / NANOS_OF_MICRO;
    }
  }

  private static final class Lists extends OrcValues {
    private final OrcValues elements;

    Lists(OrcValues elements) {
      this.elements = elements;
    }

    @Override
    Object value(ColumnVector column, int position) {
      ListColumnVector lists = (ListColumnVector) column;
      return array(
          elements, lists.child, (int) lists.offsets[position], (int) lists.lengths[position]);
    }
  }

  private static final class Maps extends OrcValues {
    private final OrcValues keys;
    private final OrcValues values;

    Maps(OrcValues keys, OrcValues values) {
      this.keys = keys;
      this.values = values;
    }

    @Override
    Object value(ColumnVector column, int position) {
      MapColumnVector maps = (MapColumnVector) column;
      int offset = (int) maps.offsets[position];
      int length = (int) maps.lengths[position];
      return new ArrayBasedMapData(
          array(keys, maps.keys, offset, length), array(values, maps.values, offset, length));
    }
  }

  private static GenericArrayData array(
      OrcValues elements, ColumnVector column, int offset, int length) {
    Object[] values = new Object[length];
    for (int i = 0; i < length; i++) {
      values[i] = elements.at(column, offset + i);
    }
    return new GenericArrayData(values);
  }

  private static final class Structs extends OrcValues {
    private final List<OrcValues> fields;

    Structs(List<OrcValues> fields) {
      this.fields = fields;
    }

    @Override
    Object value(ColumnVector column, int position) {
      StructColumnVector structs = (StructColumnVector) column;
      Object[] values = new Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.get(i).at(structs.fields[i], position);
      }
      return new GenericInternalRow(values);
    }
  }
}
