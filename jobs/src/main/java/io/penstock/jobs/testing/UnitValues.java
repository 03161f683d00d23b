package io.penstock.jobs.testing;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    return partition
        .unitNamed(partition.columns().get(0), values.get(0))
        .filter(unit -> texts(partition.valuesOf(unit)).equals(values))
        .orElseThrow(() -> TestingErrors.notAUnit(partition, values));
  }

  private static List<String> texts(List<TypedValue> values) {
    return values.stream().map(TypedValue::text).toList();
  }
}
