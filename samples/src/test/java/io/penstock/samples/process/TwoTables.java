package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;

/** A job that publishes one table, then another. */
public final class TwoTables implements Job {
  static final String NAME = "two-tables";
  static final String FIRST = "mart/first";
  static final String SECOND = "mart/second";

  @Override
  public Pipeline pipeline() {
    Rows lines = read(text("arrivals"));
    return Pipeline.named(NAME)
        .writes(lines.to(delta(FIRST).overwrite()), lines.to(delta(SECOND).overwrite()));
  }
}
