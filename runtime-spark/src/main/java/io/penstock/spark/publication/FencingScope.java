package io.penstock.spark.publication;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import java.util.Optional;

/**
 * The scope within which attempts are numbered, and a later one fences off the earlier ones: one
 * unit of a pipeline, or the whole pipeline where it replaces a sink as a whole.
 *
 * @param unit the unit's label, or {@code all}
 */
public record FencingScope(String pipeline, String unit) {
  private static final String ALL = "all";

  /** The scope of a task. */
  public static FencingScope of(Pipeline pipeline, Optional<Interval> unit) {
    boolean everySinkByUnit =
        pipeline.writes().stream().map(Write::sink).allMatch(sink -> sink.partition().isPresent());
    return new FencingScope(
        pipeline.name(),
        everySinkByUnit ? pipeline.partition().orElseThrow().label(unit.orElseThrow()) : ALL);
  }
}
