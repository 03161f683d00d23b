package io.penstock.spark.records;

/**
 * Why a record doesn't fit.
 *
 * @param reason without any content of the record, as a sentence without its full stop
 * @param fix what its author can do about it
 */
public record Defect(String reason, String fix) {
  private static final String CORRECT_OR_KEEP =
      "correct the file, or keep defective records apart with keepDefects() and an expectation.";

  /** One for which nothing better is known than to correct the file. */
  public Defect(String reason) {
    this(reason, CORRECT_OR_KEEP);
  }
}
