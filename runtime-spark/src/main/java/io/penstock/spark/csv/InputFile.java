package io.penstock.spark.csv;

import java.io.Serializable;
import java.util.List;

/**
 * A file to read, and what is known about every row of it from elsewhere, such as the date of the
 * folder it arrived in.
 *
 * @param path qualified path
 * @param length in bytes; decides which task reads the file, not how much of it is read
 * @param constants one value per constant column of the source, as {@code Row} holds them ({@code
 *     LocalDate} for DATE, {@code Instant} for TIMESTAMP)
 */
public record InputFile(String path, long length, List<Serializable> constants)
    implements Serializable {
  public InputFile {
    constants = List.copyOf(constants);
  }

  /** A file about whose rows nothing more is known. */
  public static InputFile of(String path, long length) {
    return new InputFile(path, length, List.of());
  }
}
