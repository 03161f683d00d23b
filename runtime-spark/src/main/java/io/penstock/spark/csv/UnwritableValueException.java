package io.penstock.spark.csv;

/** A value can't be written so that the export's readers find it again; it is not shown. */
public final class UnwritableValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnwritableValueException(String message) {
    super(message);
  }
}
