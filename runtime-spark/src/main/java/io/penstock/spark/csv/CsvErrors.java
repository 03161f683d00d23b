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
