package io.penstock.spark.records;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates and times that are written in a pattern. */
final class TimePattern implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int NO_CENTURY = Integer.MIN_VALUE;

  /** A text in quotes, or a run of one letter. */
  private static final Pattern PARTS = Pattern.compile("'(?:[^']|'')*'|([A-Za-z])\\1*|[^A-Za-z']");

  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");

  /** Names of zones: many are used for several, and all are ambiguous when clocks are set back. */
  private static final Pattern ZONE_NAME = Pattern.compile("[zvV]");

  private static final Pattern OFFSET = Pattern.compile("[XxZO]");

  private final String pattern;
  private final int firstTwoDigitYear;
  private final ZoneId zone;
  private transient volatile DateTimeFormatter formatter;

  /**
   * @param firstTwoDigitYear the first of the hundred years that {@code yy} can mean
   * @param zone of times without an offset
   */
  TimePattern(String pattern, OptionalInt firstTwoDigitYear, ZoneId zone) {
    this.pattern = pattern;
    this.firstTwoDigitYear = firstTwoDigitYear.orElse(NO_CENTURY);
    this.zone = zone;
  }

  /** What is read by a pattern. */
  enum Kind {
    DATE,
    TIMESTAMP,
    LOCAL_TIMESTAMP
  }

  /** Why the values of a type can't be read by this pattern; empty if they can. */
  Optional<String> problem(Kind kind) {
    String letters = QUOTED.matcher(pattern).replaceAll("");
    if (ZONE_NAME.matcher(letters).find()) {
      return Optional.of("names of zones are ambiguous; read offsets (XXX), or declare zone(…)");
    }
    if (kind != Kind.TIMESTAMP && OFFSET.matcher(letters).find()) {
      return Optional.of("it holds an offset, which the type has not");
    }
    if (firstTwoDigitYear == NO_CENTURY && hasTwoDigitYear()) {
      return Optional.of("two digits don't tell the century; declare twoDigitYearsFrom(…)");
    }
    DateTimeFormatter compiled;
    try {
      compiled = formatter();
    } catch (IllegalArgumentException e) {
      return Optional.of("it isn't a pattern of DateTimeFormatter");
    }
    return new Completeness(compiled, probe()).problem();
  }

  private boolean hasTwoDigitYear() {
    Matcher parts = PARTS.matcher(pattern);
    return parts.results().anyMatch(part -> isTwoDigitYear(part.group()));
  }

  private static boolean isTwoDigitYear(String part) {
    return part.equals("yy") || part.equals("uu");
  }

  private OffsetDateTime probe() {
    int year = firstTwoDigitYear == NO_CENTURY ? 2026 : firstTwoDigitYear + 37;
    return OffsetDateTime.of(year, 11, 23, 17, 45, 56, 123_456_000, ZoneOffset.ofHours(3));
  }

  /** Whether a pattern loses something of the times that it writes. */
  private record Completeness(DateTimeFormatter formatter, OffsetDateTime probe) {
    Optional<String> problem() {
      String text;
      TemporalAccessor read;
      try {
        text = formatter.format(probe);
        read = formatter.parse(text);
      } catch (DateTimeException e) {
        return Optional.of("what it writes can't be read again");
      }
      LocalDate date = read.query(TemporalQueries.localDate());
      if (date == null || !date.equals(probe.toLocalDate())) {
        return Optional.of("day, month and year don't all stand in it (yyyy, MM, dd)");
      }
      boolean hours = shows(text, probe.minusHours(5));
      boolean minutes = shows(text, probe.minusMinutes(7));
      boolean seconds = shows(text, probe.minusSeconds(7));
      boolean fraction = shows(text, probe.minusNanos(123_000_000));
      LocalTime time = read.query(TemporalQueries.localTime());
      boolean gaps = (minutes && !hours) || (hours && !minutes) || (fraction && !seconds);
      boolean wrong = hours && (time == null || time.getHour() != 17 || time.getMinute() != 45);
      return gaps || wrong || (seconds && !minutes)
          ? Optional.of("hours, minutes and seconds don't all stand in it (HH:mm:ss)")
          : Optional.empty();
    }

    private boolean shows(String text, OffsetDateTime other) {
      return !formatter.format(other).equals(text);
    }
  }

  private DateTimeFormatter formatter() {
    if (formatter == null) {
      DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
      Matcher parts = PARTS.matcher(pattern);
      int end = 0;
      while (parts.find()) {
        if (parts.start() != end) {
          throw new IllegalArgumentException();
        }
        end = parts.end();
        if (isTwoDigitYear(parts.group()) && firstTwoDigitYear != NO_CENTURY) {
          builder.appendValueReduced(ChronoField.YEAR, 2, 2, firstTwoDigitYear);
        } else {
          builder.appendPattern(parts.group());
        }
      }
      if (end != pattern.length()) {
        throw new IllegalArgumentException();
      }
      formatter =
          builder
              .parseDefaulting(ChronoField.ERA, 1)
              // English, whatever the machine speaks.
              .toFormatter(Locale.US)
              .withResolverStyle(ResolverStyle.STRICT);
    }
    return formatter;
  }

  /** Days since 1970. */
  int date(String text) {
    TemporalAccessor parsed = formatter().parse(text);
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (time != null && !time.equals(LocalTime.MIDNIGHT)) {
      throw new DateTimeException("A DATE has no time of day");
    }
    return Math.toIntExact(LocalDate.from(parsed).toEpochDay());
  }

  /** Microseconds since 1970. */
  long timestamp(String text) {
    TemporalAccessor parsed = formatter().parse(text);
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    LocalDateTime time = dateAndTime(parsed);
    return offset == null ? LocalTimes.micros(time, zone) : LocalTimes.micros(time, offset);
  }

  /** Microseconds since 1970 as a clock in UTC would show them. */
  long localTimestamp(String text) {
    return LocalTimes.micros(dateAndTime(formatter().parse(text)), ZoneOffset.UTC);
  }

  private static LocalDateTime dateAndTime(TemporalAccessor parsed) {
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
  }
}
