package io.penstock.spark.excel;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the format of a cell makes of its number. Formats are those of ECMA-376 part 1, 18.8.30 and
 * 18.8.31.
 */
enum NumberFormat {
  /** A number. */
  NUMBER,
  /** A date, a time of day or both. */
  TIME,
  /** Hours, minutes or seconds, as many as there are. */
  DURATION,
  /** A number or a time, by its size. */
  EITHER,
  /** The workbook doesn't say. */
  UNKNOWN;

  /** What stands in a format and isn't the place of a digit or a part of a date. */
  private static final Pattern LITERALS =
      Pattern.compile(
          "\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]|E[+-]|AM/PM|A/P",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern GENERAL = Pattern.compile("General", Pattern.CASE_INSENSITIVE);
  private static final Pattern ELAPSED = Pattern.compile("\\[[hms]+\\]", Pattern.CASE_INSENSITIVE);

  /** Days, months, years, hours, minutes, seconds; weekdays, eras and Buddhist years. */
  private static final Pattern PARTS_OF_DATE =
      Pattern.compile("[dmyhsabegr]", Pattern.CASE_INSENSITIVE);

  private static final Pattern DIGITS = Pattern.compile("[0#?]");

  /** What a format of the workbook's own makes of a number. */
  static NumberFormat of(String code) {
    String[] sections = LITERALS.matcher(code).replaceAll("").split(";", -1);
    Set<NumberFormat> shown = EnumSet.noneOf(NumberFormat.class);
    for (String section : sections) {
      ofSection(section).ifPresent(shown::add);
    }
    if (shown.isEmpty()) {
      return NUMBER;
    }
    return shown.size() == 1 ? shown.iterator().next() : EITHER;
  }

  /** Empty for one that shows the same whatever the number is. */
  private static Optional<NumberFormat> ofSection(String section) {
    if (GENERAL.matcher(section).find()) {
      return Optional.of(NUMBER);
    }
    if (ELAPSED.matcher(section).find()) {
      return Optional.of(DURATION);
    }
    if (PARTS_OF_DATE.matcher(section).find()) {
      return Optional.of(TIME);
    }
    return DIGITS.matcher(section).find() ? Optional.of(NUMBER) : Optional.empty();
  }

  /** What one of the formats makes of a number that workbooks don't spell out. */
  static NumberFormat builtIn(int id) {
    if (id == 46) {
      return DURATION;
    }
    // 27 to 36 and 50 to 58 are dates of East Asian languages.
    boolean time = isIn(id, 14, 22) || isIn(id, 27, 36) || id == 45 || id == 47 || isIn(id, 50, 58);
    if (time) {
      return TIME;
    }
    // 59 to 62 and 67 to 70 are Thai.
    boolean number =
        isIn(id, 0, 13)
            || isIn(id, 37, 44)
            || isIn(id, 48, 49)
            || isIn(id, 59, 62)
            || isIn(id, 67, 70);
    if (number) {
      return NUMBER;
    }
    return isIn(id, 71, 81) ? thai(id) : UNKNOWN;
  }

  private static NumberFormat thai(int id) {
    return id == 79 ? DURATION : TIME;
  }

  private static boolean isIn(int id, int first, int last) {
    return id >= first && id <= last;
  }
}
