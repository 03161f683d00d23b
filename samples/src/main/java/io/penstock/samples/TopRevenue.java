package io.penstock.samples;

import static io.penstock.dsl.Penstock.atMost;
import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.technical;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;

/**
 * The ten users with the highest gross revenue, ties by user id.
 *
 * <p>The order decides who is among the ten, and it is the order of the rows in the export. Users
 * without any known amount are left out.
 */
public final class TopRevenue implements Job {
  @Override
  public Pipeline pipeline() {
    Rows top =
        read(delta("raw/user_session_channel"))
            .join(read(delta("raw/session_transaction")))
            .using("sessionid")
            .groupBy("userid")
            .aggregate("sum(amount) AS gross_revenue")
            .where("gross_revenue IS NOT NULL")
            .orderBy("gross_revenue DESC", "userid")
            .limit(10);

    return Pipeline.named("top-revenue")
        .describedAs("The ten users with the highest gross revenue, ties by user id")
        .owners(business("finance"), technical("data-platform"))
        .writes(
            top.to(delta("mart/top_revenue").overwrite().expect(rows(atMost(10)))),
            top.to(csv("export/top_revenue").overwrite()));
  }
}
