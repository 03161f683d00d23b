package io.penstock.samples.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Expected rows, in order.
 *
 * <p>Values are {@code String}, {@code Long} (BIGINT), {@code Boolean}, {@code BigDecimal} with the
 * column's scale, {@code LocalDate} (DATE) and {@code Instant} (TIMESTAMP). SQL's NULL is a {@code
 * null} in its row, as data frames have it too.
 */
public record ResultTable(List<String> columns, List<List<Object>> rows) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public ResultTable {
    columns = List.copyOf(columns);
    rows =
        rows.stream()
            .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
            .collect(Collectors.toUnmodifiableList());
  }

  /** The values of one column, from the first row to the last. */
  public List<Object> column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "Cannot find column '" + name + "'; the columns are " + columns + ".");
    }
    return rows.stream().map(row -> row.get(index)).collect(Collectors.toList());
  }

  /**
   * RFC 4180 with a header and LF: timestamps in UTC with microseconds, decimals in plain notation,
   * NULL as nothing and the empty string as {@code ""}.
   */
  public String toCsv() {
    return Stream.concat(
            Stream.of(columns.stream().map(ResultTable::field)),
            rows.stream().map(row -> row.stream().map(ResultTable::field)))
        .map(fields -> fields.collect(Collectors.joining(",")) + "\n")
        .collect(Collectors.joining());
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    String text = text(value);
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Instant instant ? TIMESTAMP.format(instant) : value.toString();
  }
}
