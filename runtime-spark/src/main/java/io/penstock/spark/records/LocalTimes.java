package io.penstock.spark.records;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;

/** Finds the instant of a time that the clocks of a zone showed. */
public final class LocalTimes {
  private static final long MICROS = 1_000_000;

  private LocalTimes() {}

  /**
   * The microseconds since 1970.
   *
   * @throws DateTimeException if the clocks skipped the time or showed it twice, or if it isn't a
   *     whole number of microseconds
   */
  public static long micros(LocalDateTime time, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    if (offsets.size() != 1) {
      throw new DateTimeException("No such time, or two of them");
    }
    return micros(time, offsets.get(0));
  }

  /** The same at an offset. */
  static long micros(LocalDateTime time, ZoneOffset offset) {
    if (time.get(ChronoField.NANO_OF_SECOND) % 1_000 != 0) {
      throw new DateTimeException("Spark has no nanoseconds");
    }
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(offset), MICROS),
        time.get(ChronoField.NANO_OF_SECOND) / 1_000);
  }
}
