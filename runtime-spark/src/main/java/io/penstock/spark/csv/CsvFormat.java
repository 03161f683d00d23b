package io.penstock.spark.csv;

import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.io.Serializable;

/**
 * How the files of a source are written.
 *
 * @param compression of files whose name doesn't tell it
 * @param longestRecord in bytes; a longer record is a defect
 */
record CsvFormat(Dialect dialect, CsvCompression compression, int longestRecord)
    implements Serializable {
  /** The largest array that every JVM can allocate. */
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Files of any origin. The longest record is far above any sensible one, and far below the memory
   * of a task.
   */
  static final CsvFormat FOREIGN = new CsvFormat(Dialect.RFC4180, CsvCompression.NONE, 4 << 20);

  /** Files that {@link CsvFileWriter} wrote: a record was a row, so it fits in a row again. */
  static CsvFormat writtenBy(CsvProfile profile, CsvCompression compression) {
    return new CsvFormat(Dialect.of(profile), compression, LONGEST_ARRAY);
  }
}
