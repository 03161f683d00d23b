package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;

/** A job whose last digits depend on the order of rows. */
public final class DoubtfulSums implements Job {
  @Override
  public Pipeline pipeline() {
    return Pipeline.named("doubtful-sums")
        .writes(
            read(csv("arrivals/prices").schema("page STRING, price DOUBLE"))
                .groupBy("page")
                .aggregate(
                    "sum(price) AS total",
                    "avg(aggregate(array(price, 0.5D), 0D, (sum, p) -> sum + p)) AS mean")
                .to(delta("mart/doubtful_sums").overwrite()));
  }
}
