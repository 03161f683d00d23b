package io.penstock.spark.excel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Which days and times the numbers and texts of a workbook mean. */
enum SheetCalendar {
  SINCE_1900(LocalDate.of(1899, 12, 30)),
  SINCE_1904(LocalDate.of(1904, 1, 1));

  private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);

  /** Before it, the calendar of 1900 counts a 29 February that there never was. */
  private static final LocalDate FIRST_CERTAIN_DAY = LocalDate.of(1900, 3, 1);

  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final LocalDate dayZero;

  SheetCalendar(LocalDate dayZero) {
    this.dayZero = dayZero;
  }

  /** The time of a number of days, to the millisecond that a spreadsheet shows. */
  LocalDateTime time(BigDecimal serial) {
    if (serial.compareTo(BigDecimal.ONE) < 0) {
      throw new CellValues.UnfitCellException("is a time of day without a date");
    }
    long millis =
        serial.multiply(MILLIS_OF_DAY).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    LocalDateTime time =
        dayZero
            .atStartOfDay()
            .plusDays(Math.floorDiv(millis, MILLIS_OF_DAY.longValue()))
            .plusNanos(Math.floorMod(millis, MILLIS_OF_DAY.longValue()) * 1_000_000);
    if (time.toLocalDate().isBefore(FIRST_CERTAIN_DAY) || time.toLocalDate().isAfter(LAST_DAY)) {
      throw new CellValues.UnfitCellException("is no day from 1 March 1900 to 31 December 9999");
    }
    return time;
  }

  /** A time that is written as one, without an offset. */
  LocalDateTime time(String text) {
    LocalDateTime time =
        text.contains("T")
            ? LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            : LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE).atStartOfDay();
    LocalDate day = time.toLocalDate();
    if (day.isBefore(FIRST_DAY) || !day.isAfter(dayZero)) {
      // A time of day has the day before the first one.
      throw new CellValues.UnfitCellException(
          "is a time of day without a date, or a day before the first");
    }
    if (day.isAfter(LAST_DAY)) {
      throw new DateTimeException("Spark has no such day");
    }
    return time;
  }
}
