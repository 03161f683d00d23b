package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.spark.SparkTransform;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;

/** A job whose computation doesn't come to an end. */
public final class StalledTask implements Job {
  static final String NAME = "stalled-task";
  static final String TABLE = "mart/stalled_task";

  @Override
  public Pipeline pipeline() {
    return Pipeline.named(NAME)
        .writes(
            read(text("arrivals"))
                .transform("stall", SparkTransform.of(rows -> rows.filter(stalling())))
                .to(delta(TABLE).overwrite()));
  }

  private static FilterFunction<Row> stalling() {
    return row -> {
      Meeting.reach(NAME);
      throw Meeting.waitForInterrupt();
    };
  }
}
