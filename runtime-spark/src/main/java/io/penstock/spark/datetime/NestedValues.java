package io.penstock.spark.datetime;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the parts of a value that a conversion changes from one type to another, at any depth. */
final class NestedValues {
  private NestedValues() {}

  /** Whether the types match, or parts of them that stand at the same place. */
  static boolean anyMatch(DataType from, DataType to, BiPredicate<DataType, DataType> wanted) {
    if (wanted.test(from, to)) {
      return true;
    }
    if (from instanceof ArrayType many && to instanceof ArrayType made) {
      return anyMatch(many.elementType(), made.elementType(), wanted);
    }
    if (from instanceof MapType map && to instanceof MapType made) {
      return anyMatch(map.keyType(), made.keyType(), wanted)
          || anyMatch(map.valueType(), made.valueType(), wanted);
    }
    if (from instanceof StructType struct && to instanceof StructType made) {
      List<StructField> fields = List.of(struct.fields());
      for (int i = 0; i < Math.min(fields.size(), made.size()); i++) {
        if (anyMatch(fields.get(i).dataType(), made.fields()[i].dataType(), wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Calls the action with each part of a value whose types before and after match. */
  static void forEach(
      Object value,
      DataType from,
      DataType to,
      BiPredicate<DataType, DataType> wanted,
      Consumer<Object> action) {
    if (value == null || !anyMatch(from, to, wanted)) {
      return;
    }
    if (wanted.test(from, to)) {
      action.accept(value);
    } else if (from instanceof ArrayType array) {
      elements(
          (ArrayData) value, array.elementType(), ((ArrayType) to).elementType(), wanted, action);
    } else if (from instanceof MapType map) {
      MapData data = (MapData) value;
      elements(data.keyArray(), map.keyType(), ((MapType) to).keyType(), wanted, action);
      elements(data.valueArray(), map.valueType(), ((MapType) to).valueType(), wanted, action);
    } else if (from instanceof StructType struct) {
      InternalRow row = (InternalRow) value;
      for (int i = 0; i < struct.size(); i++) {
        DataType field = struct.fields()[i].dataType();
        Object content = row.isNullAt(i) ? null : row.get(i, field);
        forEach(content, field, ((StructType) to).fields()[i].dataType(), wanted, action);
      }
    }
  }

  private static void elements(
      ArrayData values,
      DataType from,
      DataType to,
      BiPredicate<DataType, DataType> wanted,
      Consumer<Object> action) {
    for (int i = 0; i < values.numElements(); i++) {
      forEach(values.isNullAt(i) ? null : values.get(i, from), from, to, wanted, action);
    }
  }
}
