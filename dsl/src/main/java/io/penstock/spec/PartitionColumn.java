package io.penstock.spec;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One column that holds a unit's start: a DATE, or a STRING in a given form.
 *
 * @param format the pattern of a STRING column, in those letters of {@link DateTimeFormatter} that
 *     give the same digits in every locale: of years, quarters, months, days, and ISO weeks
 */
public record PartitionColumn(String name, ValueType type, Optional<String> format) {
  private static final Pattern FOLDER_NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

  private static final String QUOTED = "'[^']*'";

  /** All but years of four digits, quarters, months and days as numbers, and weeks. */
  private static final Pattern OTHER_LETTERS =
      Pattern.compile(
          "[a-zA-Z&&[^uyYQMDdw]]+|M{3,}|Q{3,}|(?<!y)y{1,3}(?!y)|(?<!u)u{1,3}(?!u)|(?<!Y)Y{1,3}(?!Y)");

  /** Weeks and their years, what is quoted, and what lies between. */
  private static final Pattern PART = Pattern.compile("Y+|w+|" + QUOTED + "|[^Yw']+|'");

  public PartitionColumn {
    Names.identifier("the name of a partition column", name);
    boolean valid =
        switch (type) {
          case DATE -> format.isEmpty();
          case STRING -> format.isPresent();
          default -> false;
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "Cannot make partition column '%s' of type %s: it is a DATE, or a STRING with a format."
              .formatted(name, type));
    }
    if (format.isPresent()) {
      requireFolderName(name, format.get());
    }
  }

  private static void requireFolderName(String name, String pattern) {
    Matcher other = OTHER_LETTERS.matcher(pattern.replaceAll(QUOTED, ""));
    if (other.find()) {
      throw new IllegalArgumentException(
          refusal(name, pattern, "'" + other.group() + "' is not the same digits everywhere"));
    }
    String text;
    try {
      text = formatted(pattern, LocalDate.EPOCH);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          refusal(name, pattern, "it is no pattern for a date (" + e.getMessage() + ")"), e);
    }
    if (!FOLDER_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          refusal(name, pattern, "'" + text + "' would have to be the name of a folder"));
    }
  }

  private static String refusal(String name, String pattern, String why) {
    return "Cannot format partition column '%s' as '%s': %s. Use yyyy, MM, DDD, dd, Q, or YYYY and ww for ISO weeks, joined by '-', '_' or '.'."
        .formatted(name, pattern, why);
  }

  TypedValue valueAt(LocalDate start) {
    return format
        .map(pattern -> new TypedValue(ValueType.STRING, formatted(pattern, start)))
        .orElseGet(() -> new TypedValue(ValueType.DATE, start));
  }

  /**
   * The first of the dates that have a text in this column: of a form without a day the first of
   * the month, of one of weeks their Monday.
   *
   * @return empty when the text has another form, or its form doesn't tell a date
   */
  public Optional<UnitDate> dateOf(String text) {
    try {
      return start(parsed(text)).map(UnitDate::new);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Reads the whole of a text. */
  private TemporalAccessor parsed(String text) {
    return format
        .map(PartitionColumn::formatter)
        .orElse(DateTimeFormatter.ISO_LOCAL_DATE)
        .parse(text);
  }

  private static Optional<LocalDate> start(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.EPOCH_DAY)) {
      return Optional.of(LocalDate.from(parsed));
    }
    if (holds(parsed, ChronoField.YEAR, ChronoField.MONTH_OF_YEAR)) {
      return Optional.of(
          LocalDate.of(parsed.get(ChronoField.YEAR), parsed.get(ChronoField.MONTH_OF_YEAR), 1));
    }
    if (holds(parsed, IsoFields.WEEK_BASED_YEAR, IsoFields.WEEK_OF_WEEK_BASED_YEAR)) {
      return Optional.of(
          LocalDate.EPOCH
              .with(DayOfWeek.MONDAY)
              .with(IsoFields.WEEK_BASED_YEAR, parsed.getLong(IsoFields.WEEK_BASED_YEAR))
              .with(
                  IsoFields.WEEK_OF_WEEK_BASED_YEAR,
                  parsed.getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
    }
    return Optional.empty();
  }

  private static boolean holds(TemporalAccessor parsed, TemporalField... fields) {
    return Arrays.stream(fields).allMatch(parsed::isSupported);
  }

  /** Whether a text has the form of the column's values, whether it tells a date or not. */
  public boolean hasForm(String text) {
    try {
      start(parsed(text));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String formatted(String pattern, LocalDate date) {
    return formatter(pattern).format(date);
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    Matcher part = PART.matcher(pattern);
    while (part.find()) {
      String text = part.group();
      switch (text.charAt(0)) {
        // The weeks of a locale begin on other days than those of ISO.
        case 'Y' -> builder.appendValue(IsoFields.WEEK_BASED_YEAR, text.length());
        case 'w' -> builder.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, text.length());
        default -> builder.appendPattern(text);
      }
    }
    return builder.toFormatter(Locale.ROOT);
  }
}
