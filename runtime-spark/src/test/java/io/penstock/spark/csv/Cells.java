package io.penstock.spark.csv;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Values as canonical texts, so that those of different programs can be compared. */
final class Cells {
  private Cells() {}

  /** A value that was written. */
  static String of(Object value) {
    if (value instanceof Instant time) {
      return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value == null ? null : value.toString();
  }

  /** A value that a loader printed. */
  static String of(String type, String printed) {
    try {
      return switch (type) {
        case "STRING" -> printed;
        case "BOOLEAN" -> String.valueOf(bool(printed));
        case "TINYINT", "SMALLINT", "INT", "BIGINT" -> String.valueOf(Long.parseLong(printed));
        case "DOUBLE" -> String.valueOf(Double.parseDouble(number(printed)));
        case "FLOAT" -> String.valueOf(Float.parseFloat(number(printed)));
        case "DATE" -> LocalDate.parse(printed).toString();
        case "TIMESTAMP", "TIMESTAMP_NTZ" ->
            LocalDateTime.parse(printed.replace(' ', 'T').replaceFirst("(Z|\\+00)$", ""))
                .toString();
        default -> new BigDecimal(printed).toPlainString();
      };
    } catch (NumberFormatException | DateTimeException e) {
      return "no " + type + ": " + printed;
    }
  }

  /** The rows of a frame, with values as Spark prints them. */
  static void each(Dataset<Row> frame, Consumer<List<String>> rows) {
    Column[] texts =
        Stream.of(frame.columns())
            .map(name -> functions.col("`" + name.replace("`", "``") + "`").cast("string"))
            .toArray(Column[]::new);
    Iterator<Row> iterator = frame.select(texts).toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        cells.add(row.getString(i));
      }
      rows.accept(cells);
    }
  }

  /** The rows of a query whose columns are texts. */
  static void each(ResultSet result, Consumer<List<String>> rows) throws SQLException {
    int width = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> cells = new ArrayList<>();
      for (int column = 1; column <= width; column++) {
        cells.add(result.getString(column));
      }
      rows.accept(cells);
    }
  }

  private static boolean bool(String printed) {
    return switch (printed) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException();
    };
  }

  private static String number(String printed) {
    return switch (printed.toLowerCase(Locale.ROOT)) {
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case "nan" -> "NaN";
      default -> printed;
    };
  }
}
