package io.penstock.spark.export;

/**
 * What stands under {@code _published}: which version an epoch made current.
 *
 * @param entryVersion form of this document
 * @param runId names the version's directory
 */
record PublicationEntry(int entryVersion, long epoch, String runId) {
  static final int VERSION = 1;

  static PublicationEntry of(ExportAttempt attempt) {
    return new PublicationEntry(VERSION, attempt.epoch(), attempt.runId());
  }
}
