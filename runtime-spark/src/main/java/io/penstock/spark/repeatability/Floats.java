package io.penstock.spark.repeatability;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/** Tells which types hold floating-point numbers. */
final class Floats {
  private Floats() {}

  static boolean is(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  /** Whether values of the type are such numbers, or contain them. */
  static boolean in(DataType type) {
    return type.existsRecursively(Floats::is);
  }
}
