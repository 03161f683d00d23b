package io.penstock.spec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;

/**
 * The date by which people name a unit of time, {@code 2026-03-01}. It stands for no instant by
 * itself: only a {@link Partition} knows the zone in which it begins, and which unit holds it.
 */
public final class UnitDate implements Comparable<UnitDate> {
  private final LocalDate day;

  UnitDate(LocalDate day) {
    this.day = day;
  }

  /**
   * Reads a date.
   *
   * @param text year-month-day
   * @throws IllegalArgumentException when it is none
   */
  public static UnitDate of(String text) {
    try {
      return new UnitDate(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Cannot use '" + text + "' as a date: write year-month-day, such as 2026-03-01.", e);
    }
  }

  LocalDate day() {
    return day;
  }

  @Override
  public int compareTo(UnitDate other) {
    return day.compareTo(other.day);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitDate date && day.equals(date.day);
  }

  @Override
  public int hashCode() {
    return Objects.hash(day);
  }

  /** Year-month-day. */
  @Override
  public String toString() {
    return day.toString();
  }
}
