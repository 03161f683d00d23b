package io.penstock.spark.sql;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.List;

/** Maps units of time to the partitions of a table. */
public final class Partitions {
  private Partitions() {}

  /** The rows of exactly these units. */
  public static PartitionPredicate predicate(Partition partition, List<Interval> units) {
    return PartitionPredicate.units(units.stream().map(unit -> values(partition, unit)).toList());
  }

  /** The partition values of a unit, with the types of their columns. */
  public static List<PartitionValue> values(Partition partition, Interval unit) {
    List<TypedValue> values = partition.valuesOf(unit);
    List<PartitionValue> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      PartitionColumn column = partition.columns().get(i);
      all.add(
          new PartitionValue(
              column.name(), CatalystLiterals.dataType(column.type()), values.get(i).value()));
    }
    return all;
  }
}
