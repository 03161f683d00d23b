package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.spark.SparkTransform;

/** A job whose planning doesn't come to an end. */
public final class StalledPlan implements Job {
  static final String NAME = "stalled-plan";
  static final String TABLE = "mart/stalled_plan";

  @Override
  public Pipeline pipeline() {
    return Pipeline.named(NAME)
        .writes(
            read(text("arrivals"))
                .transform(
                    "stall",
                    SparkTransform.of(
                        rows -> {
                          Meeting.reach(NAME);
                          throw Meeting.waitForever();
                        }))
                .to(delta(TABLE).overwrite()));
  }
}
