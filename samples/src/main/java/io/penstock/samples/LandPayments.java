package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;

/**
 * Lands the payment of each session.
 *
 * <p>A full refresh, as in {@link LandChannels}. An amount may be missing; one that doesn't fit its
 * type fails the task, because nothing is rounded or dropped silently.
 */
public final class LandPayments implements Job {
  @Override
  public Pipeline pipeline() {
    Rows payments =
        read(csv("arrivals/session_transaction")
                .schema("sessionid STRING, refunded BOOLEAN, amount DECIMAL(12, 2)"))
            .distinct()
            .expect(unique("sessionid"));

    return Pipeline.named("land-payments")
        .describedAs("Payment of every session that has one; the amount may be missing")
        .owners(technical("data-platform"))
        .writes(payments.to(delta("raw/session_transaction").overwrite()));
  }
}
