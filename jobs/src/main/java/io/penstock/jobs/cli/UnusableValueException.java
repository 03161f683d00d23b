package io.penstock.jobs.cli;

import picocli.CommandLine.TypeConversionException;

/** A value of an option that can't be read, with the form that is expected. */
final class UnusableValueException extends TypeConversionException {
  private static final long serialVersionUID = 1L;
  private final String expected;

  /**
   * @param expected how to write it, as the fix of a failure
   */
  UnusableValueException(String problem, String expected) {
    super(problem);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
