package io.penstock.spark.csv;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class CsvErrors {
  private CsvErrors() {}

  static IllegalArgumentException unreadableType(String column, DataType type) {
    return new IllegalArgumentException(
        "Cannot read column '"
            + column
            + "' from CSV: "
            + type.sql()
            + " has no text form in CSV. Declare one of STRING, BOOLEAN, TINYINT, SMALLINT, INT,"
            + " BIGINT, DECIMAL, FLOAT, DOUBLE, DATE, TIMESTAMP, TIMESTAMP_NTZ and convert it"
            + " afterwards.");
  }

  static IllegalArgumentException unwritable(List<UnwritableColumn> columns) {
    return new IllegalArgumentException(
        "Cannot write these columns to CSV: "
            + columns.stream()
                .map(column -> "'" + column.name() + "' (" + column.reason() + ")")
                .collect(Collectors.joining(", "))
            + ". Select scalar columns with distinct names, or convert them to text, for"
            + " example with to_json(column).");
  }

  static RunFailedException invalidText(String column) {
    return unwritable(
        "Cannot write column '"
            + column
            + "' to CSV: one of its texts is not valid UTF-8, which readers of the file refuse.",
        "make the texts valid, for example with make_valid_utf8(column).");
  }

  static RunFailedException unloadable(String column, String reason) {
    return unwritable(
        "Cannot write column '" + column + "' to CSV for PostgreSQL: " + reason + ".",
        "replace such values, for example with CASE or translate(column, …), or export with another"
            + " profile.");
  }

  /**
   * @param character as {@code U+20AC}
   * @param record its number within the partition of the rows
   */
  static RunFailedException unencodable(
      String column, String character, String encoding, long record, int partition) {
    return unwritable(
        "Cannot write column '%s' to CSV in %s: the encoding has no %s, which stands in record %s of partition %s of the rows."
            .formatted(column, encoding, character, record, partition),
        "replace the character, for example with translate(column, …), or choose another"
            + " .encoding(…), such as \"UTF-8\", which has all.");
  }

  /** A record of which each character can be written, and not all of them together. */
  static RunFailedException unencodable(String encoding, long record, int partition) {
    return unwritable(
        "Cannot write record %s of partition %s of the rows to CSV in %s: it would be read as another text."
            .formatted(record, partition, encoding),
        "choose another .encoding(…), such as \"UTF-8\".");
  }

  private static RunFailedException unwritable(String problem, String fix) {
    return RunFailedException.of(FailureKind.DATA, "UNWRITABLE_VALUE", problem, fix);
  }

  static IllegalStateException pieceChanged(String piece, long written, long found) {
    return new IllegalStateException(
        "Cannot join CSV piece "
            + piece
            + ": its task wrote "
            + written
            + " bytes, and the file has "
            + found
            + ". Another process changes the directory of this run; run again.");
  }
}
