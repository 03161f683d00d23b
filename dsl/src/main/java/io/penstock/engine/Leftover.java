package io.penstock.engine;

import java.time.Instant;

/**
 * Something in the lake that nobody needs any more.
 *
 * @param path where it lies; of several files, the folder that holds them all
 * @param changed when it was last changed, by the clock of its file system
 */
public record Leftover(Kind kind, String path, long bytes, Instant changed) {
  /** What it is. */
  public enum Kind {
    /** A data file that a run wrote for a table, and no commit of the table names. */
    TABLE_FILE,
    /** A version of an export that was never published. */
    UNPUBLISHED_VERSION,
    /** A version of an export that another one has replaced. */
    REPLACED_VERSION,
    /** The journal entry of a run that has published nothing and never will. */
    JOURNAL_ENTRY,
    /** The number of an attempt that is not the latest. */
    ATTEMPT_NUMBER,
    /** The list of what a check refused. */
    REJECTED_OUTPUT,
    /** A temporary file whose writer died before it renamed it. */
    TEMPORARY_FILE
  }
}
