package io.penstock.spark.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** How the records of a file become rows. */
public interface RecordFormat extends Serializable {
  /**
   * A longer record, in bytes, is a defect: far above any sensible one, far below a task's memory.
   */
  int LONGEST_RECORD = 16 << 20;

  /** Whether files are read as they are, and not as text that may be compressed. */
  default boolean isBinary() {
    return false;
  }

  /**
   * Begins to read a file.
   *
   * @param content uncompressed, and in UTF-8, unless the format is binary; closed with the records
   * @param rows makes the rows
   */
  Records open(InputStream content, FileRows rows) throws IOException;
}
