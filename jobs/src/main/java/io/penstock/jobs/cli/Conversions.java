package io.penstock.jobs.cli;

import io.penstock.spec.LakePath;
import io.penstock.spec.UnitDate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the values of options; the error about an unreadable one says what is expected. */
final class Conversions {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|d)");

  private Conversions() {}

  static UnitDate date(String text) {
    try {
      return UnitDate.of(text);
    } catch (IllegalArgumentException e) {
      throw CliErrors.notDate(text);
    }
  }

  /**
   * The path of a table or an export.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when it is no path in the lake
   */
  static LakePath lakePath(String text) {
    try {
      return new LakePath(text);
    } catch (IllegalArgumentException e) {
      throw CliErrors.badPath(text, e);
    }
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw CliErrors.notDuration(text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
