package io.penstock.spark.records;

import java.util.regex.Pattern;

/** Makes values of FLOAT and DOUBLE columns that are infinite only where their text says so. */
public final class Floats {
  private static final String INFINITE = "Infinity";

  /** A digit other than zero before the exponent. */
  private static final Pattern NOT_ZERO = Pattern.compile("[+-]?[0.]*[1-9]");

  private Floats() {}

  /**
   * The nearest DOUBLE to the number of a text.
   *
   * @throws ArithmeticException if it is out of range
   * @throws NumberFormatException if it is no number
   */
  public static double float64(String text) {
    double value = Double.parseDouble(text);
    if ((Double.isInfinite(value) && !text.endsWith(INFINITE)) || vanishes(value, text)) {
      throw new ArithmeticException();
    }
    return value;
  }

  /** The nearest FLOAT; the same otherwise. */
  public static float float32(String text) {
    float value = Float.parseFloat(text);
    if ((Float.isInfinite(value) && !text.endsWith(INFINITE)) || vanishes(value, text)) {
      throw new ArithmeticException();
    }
    return value;
  }

  /** Whether a number that isn't zero becomes zero, because it is too small for the type. */
  private static boolean vanishes(double value, String text) {
    return value == 0 && NOT_ZERO.matcher(text).lookingAt();
  }
}
