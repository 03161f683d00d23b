package io.penstock.spark.export;

import io.penstock.engine.RunNames;

/**
 * The version that an epoch made current, as stored under {@code _published}.
 *
 * @param entryVersion the version of this document
 * @param runId the name of the version's directory
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

  byte[] json() {
    return ExportJson.write(this);
  }
}
