package io.penstock.spec;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a table or export is divided in time: its columns, the length of one unit, and the zone in
 * which a unit starts.
 *
 * <p>A partition is symbolic. It holds no date, so one definition serves a day, a backfill, the
 * documentation and static analysis; a run binds it to an {@link Interval}.
 */
public record Partition(List<PartitionColumn> columns, Grain grain, ZoneId zone) {
  /**
   * More than four years of days and 28 of weeks, after which the calendar repeats itself: forms
   * that mix the years of the calendar with those of weeks collide within.
   */
  private static final int UNITS_TRIED = 1_500;

  public Partition {
    columns = List.copyOf(columns);
    Names.distinct("partition columns", columns.stream().map(PartitionColumn::name).toList());
    requireDistinctUnits(columns, grain);
  }

  /** One unit a day, in a DATE column. */
  public static Partition daily(String column) {
    return of(column, Grain.DAY);
  }

  /** One unit an ISO week, in a DATE column that holds its Monday. */
  public static Partition weekly(String column) {
    return of(column, Grain.WEEK);
  }

  /** One unit a month, in a DATE column that holds its first day. */
  public static Partition monthly(String column) {
    return of(column, Grain.MONTH);
  }

  private static Partition of(String column, Grain grain) {
    return new Partition(
        List.of(new PartitionColumn(column, ValueType.DATE, Optional.empty())),
        grain,
        ZoneOffset.UTC);
  }

  /**
   * The same partition with its column as a STRING, such as {@code yyyyMMdd}.
   *
   * @throws IllegalArgumentException when two units would have the same text, such as every year's
   *     first of March in {@code MM-dd}
   */
  public Partition formatted(String pattern) {
    return new Partition(
        columns.stream()
            .map(c -> new PartitionColumn(c.name(), ValueType.STRING, Optional.of(pattern)))
            .toList(),
        grain,
        zone);
  }

  private static void requireDistinctUnits(List<PartitionColumn> columns, Grain grain) {
    if (columns.stream().anyMatch(column -> column.format().isEmpty())) {
      // A date tells units apart by itself.
      return;
    }
    LocalDate first = grain.startOf(LocalDate.of(2024, 1, 31));
    Map<List<TypedValue>, LocalDate> seen = new HashMap<>();
    for (int unit = 0; unit < UNITS_TRIED; unit++) {
      LocalDate start = grain.plus(first, unit);
      LocalDate same = seen.putIfAbsent(valuesAt(columns, start), start);
      if (same != null) {
        throw new IllegalArgumentException(
            "Cannot format a partition by %s as '%s': the units of %s and %s have the same text, so one would replace the other. Use a pattern that holds year, month and day as far as the units need them, such as 'yyyyMMdd'."
                .formatted(
                    grain.text(),
                    columns.stream()
                        .flatMap(column -> column.format().stream())
                        .collect(Collectors.joining("/")),
                    same,
                    start));
      }
    }
  }

  /** The unit and the {@code units - 1} before it. */
  public Window last(int units) {
    return new Window(this, 1 - atLeastOne("last", units), 0, Optional.empty());
  }

  /** The {@code units} before the unit, without it. */
  public Window previous(int units) {
    return new Window(this, -atLeastOne("previous", units), -1, Optional.empty());
  }

  /** The {@code units} after the unit, without it. */
  public Window next(int units) {
    return new Window(this, 1, atLeastOne("next", units), Optional.empty());
  }

  /** The unit, the {@code before} before it and the {@code after} after it. */
  public Window around(int before, int after) {
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "Cannot make a window around(%s, %s): neither number is less than 0."
              .formatted(before, after));
    }
    return new Window(this, -before, after, Optional.empty());
  }

  /** Just the unit. */
  public Window unit() {
    return around(0, 0);
  }

  /** The unit that holds the date. */
  public Interval unitOf(UnitDate date) {
    return unitOf(date.day());
  }

  /**
   * The units from one date to another as one interval. It has other bounds than the dates where
   * these lie within a unit.
   *
   * @param from a day of the first unit
   * @param to the day behind the last one, later than {@code from}
   */
  public Interval between(UnitDate from, UnitDate to) {
    return new Interval(unitOf(from).from(), unitOf(to.day().minusDays(1)).to());
  }

  /** The date, in the partition's zone, by which a bound of a unit is named. */
  public UnitDate dateOf(Instant bound) {
    return new UnitDate(date(bound));
  }

  /** The unit whose value in a column of the partition is this text; empty when none has it. */
  public Optional<Interval> unitNamed(PartitionColumn column, String text) {
    int place = columns.indexOf(column);
    return column
        .dateOf(text)
        .flatMap(
            first ->
                // A form of weeks tells no day, and a unit begins on any of them.
                IntStream.range(0, DayOfWeek.values().length)
                    .mapToObj(day -> unitOf(first.day().plusDays(day)))
                    .filter(unit -> valuesOf(unit).get(place).text().equals(text))
                    .findFirst());
  }

  private Interval unitOf(LocalDate date) {
    LocalDate start = grain.startOf(date);
    return new Interval(instant(start), instant(grain.plus(start, 1)));
  }

  /** Every unit that shares time with the interval, in order. */
  public List<Interval> unitsIn(Interval interval) {
    List<Interval> units = new ArrayList<>();
    LocalDate start = grain.startOf(date(interval.from()));
    while (instant(start).isBefore(interval.to())) {
      units.add(unitOf(start));
      start = grain.plus(start, 1);
    }
    return List.copyOf(units);
  }

  /** The unit that lies {@code offset} units after the given one. */
  public Interval neighbour(Interval unit, int offset) {
    return unitOf(grain.plus(grain.startOf(date(unit.from())), offset));
  }

  /** Whether the interval is exactly one unit. */
  public boolean isUnit(Interval interval) {
    return unitOf(date(interval.from())).equals(interval);
  }

  /** The value of each partition column for a unit, in the order of the columns. */
  public List<TypedValue> valuesOf(Interval unit) {
    return valuesAt(columns, grain.startOf(date(unit.from())));
  }

  /** A unit's values as text, {@code day=2026-03-01}: its folder, and its name in messages. */
  public String label(Interval unit) {
    List<TypedValue> values = valuesOf(unit);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      parts.add(columns.get(i).name() + "=" + values.get(i).text());
    }
    return String.join("/", parts);
  }

  /** The names of the columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(PartitionColumn::name).toList();
  }

  private static List<TypedValue> valuesAt(List<PartitionColumn> columns, LocalDate start) {
    return columns.stream().map(column -> column.valueAt(start)).toList();
  }

  private LocalDate date(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  private Instant instant(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private static int atLeastOne(String window, int units) {
    if (units < 1) {
      throw new IllegalArgumentException(
          "Cannot make a window %s(%s): it holds at least one unit.".formatted(window, units));
    }
    return units;
  }

  @Override
  public String toString() {
    String where = zone.equals(ZoneOffset.UTC) ? "" : " in " + zone;
    return grain.text() + "(" + String.join(", ", columnNames()) + ")" + where;
  }
}
