package com.example;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/** Visitors of each page, by day. */
public final class VisitorsByPage implements Job {
  private static final Partition DAY = Partition.daily("day");

  @Override
  public Pipeline pipeline() {
    Rows visitors =
        read(csv("arrivals/visits/{day}").schema("page STRING, visitor INT").partition(DAY))
            .groupBy("day", "page")
            .aggregate("count(DISTINCT visitor) AS visitors")
            .expect(unique("day", "page"), notNull("page"));

    return Pipeline.named("visitors-by-page")
        .writes(
            visitors.to(delta("mart/visitors_by_page").overwrite(DAY)),
            visitors.to(csv("export/visitors_by_page").overwrite(DAY)));
  }
}
