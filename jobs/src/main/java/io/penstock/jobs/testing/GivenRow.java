package io.penstock.jobs.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One row of a test, its values in the order of the declared columns; {@link #NULL} for NULL. */
public record GivenRow(List<Object> values) {
  /** Stands for a missing value. */
  public static final Object NULL = Null.NULL;

  private enum Null {
    NULL
  }

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Boolean.class,
          Integer.class,
          Long.class,
          Double.class,
          BigDecimal.class,
          LocalDate.class,
          Instant.class,
          Null.class);

  public GivenRow {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (TYPES.stream().noneMatch(type -> type.isInstance(value))) {
        throw TestingErrors.badValue(i + 1, value, TYPES.subList(0, TYPES.size() - 1));
      }
    }
    values = List.copyOf(values);
  }
}
