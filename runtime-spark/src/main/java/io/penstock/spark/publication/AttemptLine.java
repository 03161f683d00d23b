package io.penstock.spark.publication;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import java.util.Optional;

/**
 * The attempts that stand in one line, because they replace the same: those of one unit of a
 * pipeline, or all of a pipeline with a sink that it replaces as a whole.
 *
 * @param unit the unit's label, or {@code all}
 */
public record AttemptLine(String pipeline, String unit) {
  private static final String ALL = "all";

  /** The line of a task. */
  public static AttemptLine of(Pipeline pipeline, Optional<Interval> unit) {
    boolean everySinkByUnit =
        pipeline.writes().stream().map(Write::sink).allMatch(sink -> sink.partition().isPresent());
    return new AttemptLine(
        pipeline.name(),
        everySinkByUnit ? pipeline.partition().orElseThrow().label(unit.orElseThrow()) : ALL);
  }
}
