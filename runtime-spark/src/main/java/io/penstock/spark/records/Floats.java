package io.penstock.spark.records;

/** Makes values of FLOAT and DOUBLE columns that are infinite only where their text says so. */
public final class Floats {
  private static final String INFINITE = "Infinity";

  private Floats() {}

  /**
   * The nearest DOUBLE to the number of a text.
   *
   * @throws ArithmeticException if it is out of range
   * @throws NumberFormatException if it is no number
   */
  public static double float64(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) && !text.endsWith(INFINITE)) {
      throw new ArithmeticException();
    }
    return value;
  }

  /** The nearest FLOAT; the same otherwise. */
  public static float float32(String text) {
    float value = Float.parseFloat(text);
    if (Float.isInfinite(value) && !text.endsWith(INFINITE)) {
      throw new ArithmeticException();
    }
    return value;
  }
}
