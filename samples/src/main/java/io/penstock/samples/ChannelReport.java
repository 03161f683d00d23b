package io.penstock.samples;

import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/**
 * Sessions, paying users and revenue per marketing channel, by day: the job to read first.
 *
 * <p>A run for a day reads that day's sessions with all channels and payments, and replaces that
 * day in the table and in the export. It publishes neither if a channel has no name or occurs
 * twice.
 *
 * <p>A user pays with an amount above zero, refunded or not. Gross revenue adds all amounts, net
 * revenue those that were not refunded. Without any amount both are NULL and not 0, because nothing
 * is known.
 */
public final class ChannelReport implements Job {
  private static final Partition DAY = Partition.daily("day");

  @Override
  public Pipeline pipeline() {
    Rows sessions = read(delta("raw/session_timestamp").partition(DAY));
    Rows channels = read(delta("raw/user_session_channel"));
    Rows payments = read(delta("raw/session_transaction"));

    Rows report =
        sessions
            .join(channels)
            .using("sessionid")
            .leftJoin(payments)
            .using("sessionid")
            .groupBy("day", "channel")
            .aggregate(
                "count(DISTINCT userid) AS unique_users",
                "count(DISTINCT CASE WHEN amount > 0 THEN userid END) AS paying_users",
                "sum(amount) AS gross_revenue",
                "sum(CASE WHEN NOT refunded THEN amount END) AS net_revenue")
            .expect(unique("day", "channel"), notNull("channel"));

    return Pipeline.named("channel-report")
        .describedAs("Sessions, paying users and revenue per marketing channel, by day")
        .owners(business("growth"), technical("data-platform"))
        .writes(
            report.to(delta("mart/channel_report").overwrite(DAY)),
            report.to(csv("export/channel_report").overwrite(DAY)));
  }
}
