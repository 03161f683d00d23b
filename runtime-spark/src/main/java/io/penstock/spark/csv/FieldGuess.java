package io.penstock.spark.csv;

import io.penstock.spark.records.Defect;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Guesses what a source could say of a field that isn't a value of its column. */
final class FieldGuess {
  private static final Pattern GROUPS_OF_THREE =
      Pattern.compile("[+-]?[0-9]{1,3}([,.' ])[0-9]{3}(\\1[0-9]{3})*");
  private static final Pattern GROUPS_AND_POINT =
      Pattern.compile("[+-]?[0-9]{1,3}([,.' ])[0-9]{3}(\\1[0-9]{3})*(?!\\1)[,.][0-9]+");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]*,[0-9]+");
  private static final Pattern WHOLE_WITH_POINT = Pattern.compile("[+-]?[0-9]+[.]0+");
  private static final Pattern SECONDS_OR_FINER = Pattern.compile("[0-9]{9,19}");
  private static final Pattern WORD = Pattern.compile("[^0-9]{1,12}");

  private FieldGuess() {}

  /**
   * A defect of a field.
   *
   * @param reason what is wrong with it
   * @param text of the field, which isn't told
   * @param fits whether another text would be a value
   */
  static Defect of(String reason, String text, DataType type, Predicate<String> fits) {
    return method(text, type, fits)
        .map(
            method ->
                new Defect(
                    reason,
                    "declare "
                        + method
                        + " if the file is written so; else correct the file, or keep defective"
                        + " records apart with keepDefects() and an expectation."))
        .orElseGet(() -> new Defect(reason));
  }

  private static Optional<String> method(String text, DataType type, Predicate<String> fits) {
    String stripped = text.strip();
    if (text.isEmpty()) {
      return Optional.of(".nullWords(\"\")");
    }
    if (!stripped.equals(text) && (stripped.isEmpty() || fits.test(stripped))) {
      return Optional.of(".trimmed()");
    }
    if (type instanceof BooleanType) {
      return Optional.of(".trueWords(…) and .falseWords(…)");
    }
    if (WORD.matcher(stripped).matches()) {
      return Optional.of(".nullWords(…)");
    }
    if (type instanceof DateType) {
      return Optional.of(".dateFormat(…)");
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      boolean number = SECONDS_OR_FINER.matcher(stripped).matches();
      return Optional.of(number ? ".epochSeconds() or .epochMillis()" : ".timestampFormat(…)");
    }
    return type instanceof NumericType ? ofNumber(stripped, type) : Optional.empty();
  }

  private static Optional<String> ofNumber(String text, DataType type) {
    if (GROUPS_AND_POINT.matcher(text).matches() || GROUPS_OF_THREE.matcher(text).matches()) {
      return Optional.of(".decimalSeparator(…) and .thousandsSeparator(…)");
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return Optional.of(".decimalSeparator(\",\")");
    }
    return type instanceof IntegralType && WHOLE_WITH_POINT.matcher(text).matches()
        ? Optional.of("it DECIMAL(19,0), and CAST it in a step,")
        : Optional.empty();
  }
}
