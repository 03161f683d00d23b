package io.penstock.spark.export;

import io.penstock.engine.RunNames;

/**
 * What stands under {@code _published}: which version an epoch made current.
 *
 * @param entryVersion form of this document
 * @param runId names the version's directory
 */
record PublicationEntry(int entryVersion, long epoch, String runId) {
  static final int VERSION = 1;

  PublicationEntry {
    if (entryVersion < 1 || runId == null || !RunNames.isRunId(runId)) {
      throw ExportErrors.invalidEntry(entryVersion, runId);
    }
  }

  static PublicationEntry of(ExportProvenance attempt) {
    return new PublicationEntry(VERSION, attempt.epoch(), attempt.runId());
  }
}
