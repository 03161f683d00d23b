package io.penstock.spark.json;

import java.util.Optional;

/** A value or an object doesn't fit the declared columns. The message never holds content. */
final class DefectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Empty when the object as a whole is defective. */
  private final transient Optional<String> column;

  private DefectException(Optional<String> column, String what) {
    super(what, null, false, false);
    this.column = column;
  }

  /**
   * A defect of an object, whatever its columns are.
   *
   * @param reason as a sentence: {@code it is not valid JSON}
   */
  static DefectException ofObject(String reason) {
    return new DefectException(Optional.empty(), reason);
  }

  /**
   * A defect of a value.
   *
   * @param what is wrong with it, to be put after its column: {@code is not an INT}
   */
  static DefectException ofValue(String what) {
    return new DefectException(Optional.of(""), what);
  }

  /** The same below a column, {@code price}, or an element, {@code [2]}. */
  DefectException below(String step) {
    return new DefectException(
        column.map(
            path -> path.isEmpty() || path.startsWith("[") ? step + path : step + "." + path),
        getMessage());
  }

  /** The column and what is wrong with it, or what is wrong with the object. */
  String reason() {
    return column.map(path -> "column '" + path + "' ").orElse("") + getMessage();
  }
}
