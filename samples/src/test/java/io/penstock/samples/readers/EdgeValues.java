package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/**
 * Values at the limits of their types, in tables that other programs read: one as a whole, one in
 * partitions, one with a partition of no rows.
 *
 * <p>There is none with a NULL for a partition: a run replaces a unit, and NULL is none.
 */
public final class EdgeValues implements Job {
  private static final Partition DAY = Partition.daily("day");

  private static final String COLUMNS =
      """
      id INT, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INT, big BIGINT,
      widest DECIMAL(38, 0), finest DECIMAL(38, 38), money DECIMAL(10, 2),
      single FLOAT, twice DOUBLE, date DATE, at TIMESTAMP, text STRING
      """;

  @Override
  public Pipeline pipeline() {
    Rows edges = read(json("arrivals/edges/{day}").schema(COLUMNS).partition(DAY));

    return Pipeline.named("edge-values")
        .describedAs("Values at the limits of their types")
        .writes(
            edges.to(delta("readers/edges").overwrite()),
            edges.to(delta("readers/edges_by_day").overwrite(DAY)),
            edges.where("id < 0").to(delta("readers/no_rows").overwrite(DAY)));
  }
}
