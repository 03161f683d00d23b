package io.penstock.spark.repeatability;

import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Finds floating-point numbers in types. */
final class Floats {
  private Floats() {}

  static boolean is(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  /** Whether values of the type are such numbers, or hold them. */
  static boolean in(DataType type) {
    if (type instanceof ArrayType array) {
      return in(array.elementType());
    }
    if (type instanceof MapType map) {
      return in(map.keyType()) || in(map.valueType());
    }
    if (type instanceof StructType struct) {
      return Stream.of(struct.fields()).anyMatch(field -> in(field.dataType()));
    }
    return is(type);
  }
}
