package io.penstock.jobs.testing;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.TypedValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Divides the rows of a test into the units that their partition columns name. */
final class UnitValues {
  private UnitValues() {}

  static Map<Interval, List<GivenRow>> divided(GivenRows rows, Partition partition) {
    Map<Interval, List<GivenRow>> units = new LinkedHashMap<>();
    for (GivenRow row : rows.rows()) {
      List<String> values =
          partition.columnNames().stream().map(column -> rows.text(row, column)).toList();
      units.computeIfAbsent(unitOf(partition, values), unit -> new ArrayList<>()).add(row);
    }
    return units;
  }

  private static Interval unitOf(Partition partition, List<String> values) {
    try {
      Interval unit = partition.unitOf(date(partition.columns().get(0), values.get(0)));
      List<String> legal = partition.valuesOf(unit).stream().map(TypedValue::text).toList();
      if (legal.equals(values)) {
        return unit;
      }
    } catch (DateTimeException e) {
      throw TestingErrors.notAUnit(partition, values);
    }
    throw TestingErrors.notAUnit(partition, values);
  }

  /** A form without a day, such as {@code yyyyMM}, stands for the first. */
  private static LocalDate date(PartitionColumn column, String text) {
    DateTimeFormatter form =
        column
            .format()
            .map(
                pattern ->
                    new DateTimeFormatterBuilder()
                        .appendPattern(pattern)
                        .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                        .toFormatter(Locale.ROOT))
            .orElse(DateTimeFormatter.ISO_LOCAL_DATE);
    return LocalDate.parse(text, form);
  }
}
