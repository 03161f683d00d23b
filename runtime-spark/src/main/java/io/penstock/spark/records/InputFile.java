package io.penstock.spark.records;

import java.io.Serializable;
import java.util.List;

/**
 * A file to read, with values that all of its rows have, such as the date of its folder.
 *
 * @param path qualified
 * @param length in bytes; used to divide files among tasks, not to limit what is read
 * @param constants a value for each constant column of the source, as {@code Row} holds them
 *     ({@code LocalDate} for DATE, {@code Instant} for TIMESTAMP)
 */
public record InputFile(String path, long length, List<Serializable> constants)
    implements Serializable {
  public InputFile {
    constants = List.copyOf(constants);
  }

  /** A file without constants. */
  public static InputFile of(String path, long length) {
    return new InputFile(path, length, List.of());
  }
}
