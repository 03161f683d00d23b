package io.penstock.jobs.plan;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.time.Instant;
import java.time.LocalDate;

/** Units as the dates by which people name them, in the partition's zone. */
public final class Units {
  private Units() {}

  /** The first day of the unit. */
  public static LocalDate startOf(Partition partition, Interval unit) {
    return dateOf(partition, unit.from());
  }

  /** The day after the unit's last: where a range that ends with the unit ends. */
  public static LocalDate endOf(Partition partition, Interval unit) {
    return dateOf(partition, unit.to());
  }

  private static LocalDate dateOf(Partition partition, Instant instant) {
    return instant.atZone(partition.zone()).toLocalDate();
  }
}
