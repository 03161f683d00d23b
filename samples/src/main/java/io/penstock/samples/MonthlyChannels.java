package io.penstock.samples;

import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/**
 * Users, conversion and revenue per marketing channel, by month.
 *
 * <p>The job reads days and writes months: {@code --date 2026-02-17} means February, and a run
 * fails as long as a day of it has not landed. The conversion rate is the percentage of users who
 * paid, rounded half up to two places.
 */
public final class MonthlyChannels implements Job {
  private static final Partition DAY = Partition.daily("day");
  private static final Partition MONTH = Partition.monthly("month");

  @Override
  public Pipeline pipeline() {
    Rows sessions = read(delta("raw/session_timestamp").partition(DAY));
    Rows channels = read(delta("raw/user_session_channel"));
    Rows payments = read(delta("raw/session_transaction"));

    Rows months =
        sessions
            .join(channels)
            .using("sessionid")
            .leftJoin(payments)
            .using("sessionid")
            .groupBy("CAST(trunc(day, 'MONTH') AS DATE) AS month", "channel")
            .aggregate(
                "count(DISTINCT userid) AS unique_users",
                "count(DISTINCT CASE WHEN amount > 0 THEN userid END) AS paying_users",
                "sum(amount) AS gross_revenue",
                "sum(CASE WHEN NOT refunded THEN amount END) AS net_revenue")
            // Whole numbers until the last step: rounding a rounded quotient is not half up.
            .with(
                "hundredths",
                "CASE WHEN unique_users = 0 THEN 0"
                    + " ELSE (20000 * paying_users + unique_users) DIV (2 * unique_users) END")
            .select(
                "month",
                "channel",
                "unique_users",
                "paying_users",
                "CAST(hundredths * 0.01 AS DECIMAL(5, 2)) AS conversion_rate",
                "gross_revenue",
                "net_revenue")
            .expect(unique("month", "channel"), satisfies("conversion_rate BETWEEN 0 AND 100"));

    return Pipeline.named("monthly-channels")
        .describedAs("Users, conversion in percent and revenue per marketing channel, by month")
        .owners(business("growth"), technical("data-platform"))
        .writes(
            months.to(delta("mart/monthly_channels").overwrite(MONTH)),
            months.to(csv("export/monthly_channels").overwrite(MONTH)));
  }
}
