package io.penstock.spark.clock;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.unsafe.types.UTF8String;

/** What the types of a conversion tell of it: whether it makes times of texts, and where. */
final class TextToTime {
  private TextToTime() {}

  /** A conversion in SQL: Spark itself leaves it out where an array, a map or a struct is made. */
  static String sql(Cast cast) {
    String value = cast.child().sql();
    return cast.sql().equals(value)
        ? "CAST(%s AS %s)".formatted(value, cast.dataType().sql())
        : cast.sql();
  }

  /** Whether a text, at any depth, becomes a TIMESTAMP: these complete a time of day by a date. */
  static boolean parsesTimestamps(DataType from, DataType to) {
    return somewhere(
        from, to, (text, time) -> text instanceof StringType && time instanceof TimestampType);
  }

  /** Whether the text itself becomes a time: as constants, these may be words for one. */
  static boolean readsWords(DataType from, DataType to) {
    return from instanceof StringType
        && (to instanceof DateType
            || to instanceof TimestampType
            || to instanceof TimestampNTZType);
  }

  /** Whether a variant, which may hold texts, becomes a TIMESTAMP or something with one in it. */
  static boolean parsesVariants(DataType from, DataType to) {
    return somewhere(
        from, to, (value, made) -> value instanceof VariantType && holdsTimestamp(made));
  }

  /** Whether values of the type have a TIMESTAMP in them. */
  static boolean holdsTimestamp(DataType type) {
    return somewhere(type, type, (same, made) -> made instanceof TimestampType);
  }

  /** The type with STRING in the place of each TIMESTAMP. */
  static DataType timestampsAsTexts(DataType type) {
    if (type instanceof TimestampType) {
      return DataTypes.StringType;
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(timestampsAsTexts(array.elementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return new MapType(
          timestampsAsTexts(map.keyType()),
          timestampsAsTexts(map.valueType()),
          map.valueContainsNull());
    }
    if (type instanceof StructType struct) {
      return new StructType(
          Stream.of(struct.fields())
              .map(
                  field ->
                      new StructField(
                          field.name(),
                          timestampsAsTexts(field.dataType()),
                          field.nullable(),
                          field.metadata()))
              .toArray(StructField[]::new));
    }
    return type;
  }

  /** Hands over each text within a value that becomes a TIMESTAMP. */
  static void forEachText(Object value, DataType from, DataType to, Consumer<UTF8String> texts) {
    forEach(
        value,
        from,
        to,
        (text, time) -> text instanceof StringType && time instanceof TimestampType,
        text -> texts.accept((UTF8String) text));
  }

  /** Hands over each part of a value whose type, and that of what it becomes, are sought. */
  static void forEach(
      Object value,
      DataType from,
      DataType to,
      BiPredicate<DataType, DataType> sought,
      Consumer<Object> parts) {
    if (value == null || !somewhere(from, to, sought)) {
      return;
    }
    if (sought.test(from, to)) {
      parts.accept(value);
    } else if (from instanceof ArrayType array) {
      elements(
          (ArrayData) value, array.elementType(), ((ArrayType) to).elementType(), sought, parts);
    } else if (from instanceof MapType map) {
      MapData data = (MapData) value;
      elements(data.keyArray(), map.keyType(), ((MapType) to).keyType(), sought, parts);
      elements(data.valueArray(), map.valueType(), ((MapType) to).valueType(), sought, parts);
    } else if (from instanceof StructType struct) {
      InternalRow row = (InternalRow) value;
      for (int i = 0; i < struct.size(); i++) {
        DataType field = struct.fields()[i].dataType();
        Object content = row.isNullAt(i) ? null : row.get(i, field);
        forEach(content, field, ((StructType) to).fields()[i].dataType(), sought, parts);
      }
    }
  }

  private static void elements(
      ArrayData values,
      DataType from,
      DataType to,
      BiPredicate<DataType, DataType> sought,
      Consumer<Object> parts) {
    for (int i = 0; i < values.numElements(); i++) {
      forEach(values.isNullAt(i) ? null : values.get(i, from), from, to, sought, parts);
    }
  }

  /** Whether the types, or parts of them that stand at the same place, are sought. */
  static boolean somewhere(DataType from, DataType to, BiPredicate<DataType, DataType> sought) {
    if (sought.test(from, to)) {
      return true;
    }
    if (from instanceof ArrayType many && to instanceof ArrayType made) {
      return somewhere(many.elementType(), made.elementType(), sought);
    }
    if (from instanceof MapType map && to instanceof MapType made) {
      return somewhere(map.keyType(), made.keyType(), sought)
          || somewhere(map.valueType(), made.valueType(), sought);
    }
    if (from instanceof StructType struct && to instanceof StructType made) {
      List<StructField> fields = List.of(struct.fields());
      for (int i = 0; i < Math.min(fields.size(), made.size()); i++) {
        if (somewhere(fields.get(i).dataType(), made.fields()[i].dataType(), sought)) {
          return true;
        }
      }
    }
    return false;
  }
}
