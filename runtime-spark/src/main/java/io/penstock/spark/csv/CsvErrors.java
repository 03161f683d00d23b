package io.penstock.spark.csv;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class CsvErrors {
  private CsvErrors() {}

  static MalformedInputException malformed(String file, long line, String reason, String schema) {
    return new MalformedInputException(file, line, reason, schema);
  }

  /**
   * A file that can't be read to its end.
   *
   * @param line where it is damaged, if it is
   */
  static RuntimeException unreadable(
      String file, long line, IOException cause, CsvCompression compression) {
    if (compression == CsvCompression.NONE || !Compressed.isDamage(cause)) {
      return new FailedAccessException("read", file, cause);
    }
    return malformed(
        file,
        line,
        cause instanceof ZstdIOException zstd
                && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()
            ? "its zstd window is larger than 128 MiB: compress it without --long"
            : "its compressed content (%s) is cut off or damaged"
                .formatted(compression.name().toLowerCase(Locale.ROOT)),
        "");
  }

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

  static IllegalArgumentException repeatedColumn(String column) {
    return new IllegalArgumentException(
        "Cannot read CSV with two columns named '"
            + column
            + "': the declared, constant and defect columns of a source share one row. Rename"
            + " one.");
  }

  static IllegalArgumentException noColumns() {
    return new IllegalArgumentException(
        "Cannot read CSV without declared columns: nothing would be read. Declare at least one.");
  }

  static IllegalArgumentException constantsDiffer(String file, int given, int declared) {
    return new IllegalArgumentException(
        "Cannot read "
            + file
            + ": it carries "
            + given
            + " constant values where the source declares "
            + declared
            + ". Give one value per constant column, in the same order.");
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
