package io.penstock.jobs.testing;

import io.penstock.engine.Failure;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the errors about tests that are set up wrongly, and those that say what isn't as expected.
 */
final class TestingErrors {
  private TestingErrors() {}

  static IllegalArgumentException badValue(int place, Object value, List<Class<?>> types) {
    return new IllegalArgumentException(
        "Cannot use %s as value %s of a row: write NULL, or a value of one of the types %s."
            .formatted(
                value,
                place,
                types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))));
  }

  static IllegalArgumentException badLength(GivenRow row, String schema, int columns) {
    return new IllegalArgumentException(
        "Cannot use a row of %s values, %s, with the %s columns of \"%s\": give one value a column."
            .formatted(row.values().size(), row.values(), columns, schema));
  }

  static IllegalArgumentException noColumn(String column, String schema) {
    return new IllegalArgumentException(
        "Cannot divide rows by '%s': \"%s\" has no such column. Add it.".formatted(column, schema));
  }

  static IllegalArgumentException notAUnit(Partition partition, List<String> values) {
    return new IllegalArgumentException(
        "Cannot find the unit of %s that %s stands for: give the value that its first day has."
            .formatted(partition, values));
  }

  static IllegalArgumentException notADate(String text, Exception cause) {
    return new IllegalArgumentException(
        "Cannot run for '" + text + "': it is not a date such as 2026-03-01.", cause);
  }

  static IllegalStateException notWritten(String what, Exception cause) {
    return new IllegalStateException("Cannot write " + what + ": " + cause, cause);
  }

  static IllegalStateException notGiven(String path, Failure failure) {
    return new IllegalStateException(
        "Cannot set up '%s' for the test: %s\nFix: %s"
            .formatted(path, failure.message(), failure.fix()),
        failure.cause().orElse(null));
  }

  static AssertionError failed(String message) {
    return new AssertionError(message);
  }

  static AssertionError failed(String message, Failure failure) {
    return new AssertionError(
        message + "\n" + failure.message() + "\nFix: " + failure.fix(),
        failure.cause().orElse(null));
  }
}
