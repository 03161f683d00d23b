package io.penstock.spec;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * One column that holds a unit's start: a DATE, or a STRING in a given form.
 *
 * @param format the pattern of a STRING column, in {@link DateTimeFormatter}'s letters
 */
public record PartitionColumn(String name, ValueType type, Optional<String> format) {
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
    format.ifPresent(pattern -> formatted(pattern, LocalDate.EPOCH));
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
