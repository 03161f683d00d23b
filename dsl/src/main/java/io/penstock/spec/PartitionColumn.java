package io.penstock.spec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One column that holds a unit's start: a DATE, or a STRING in a given form.
 *
 * @param format the pattern of a STRING column, in {@link DateTimeFormatter}'s letters
 */
public record PartitionColumn(String name, ValueType type, Optional<String> format) {
  private static final Pattern FOLDER_NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

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
          "Cannot make partition column '"
              + name
              + "' of type "
              + type
              + ": it is a DATE, or a STRING with a format.");
    }
    if (format.isPresent()) {
      requireFolderName(name, format.get());
    }
  }

  private static void requireFolderName(String name, String pattern) {
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
    return "Cannot format partition column '"
        + name
        + "' as '"
        + pattern
        + "': "
        + why
        + ". Use letters for years, months and days, joined by '-', '_' or '.'.";
  }

  TypedValue valueAt(LocalDate start) {
    return format
        .map(pattern -> new TypedValue(ValueType.STRING, formatted(pattern, start)))
        .orElseGet(() -> new TypedValue(ValueType.DATE, start));
  }

  private static String formatted(String pattern, LocalDate date) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(date);
  }
}
