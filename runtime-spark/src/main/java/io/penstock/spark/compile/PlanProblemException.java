package io.penstock.spark.compile;

/** A problem found while a node's frame is built, before it has its place. */
final class PlanProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String fix;

  PlanProblemException(String code, String message, String fix) {
    super(message);
    this.code = code;
    this.fix = fix;
  }

  String code() {
    return code;
  }

  String fix() {
    return fix;
  }
}
