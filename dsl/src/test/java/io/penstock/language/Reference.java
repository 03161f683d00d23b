package io.penstock.language;

import static io.penstock.dsl.Penstock.allMatched;
import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.hours;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.dsl.Penstock.updatedWithin;
import static io.penstock.dsl.Penstock.within;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.plan.NativeTransform;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;

/** The pipelines whose printed plans are kept. A line that moves here moves in their files too. */
final class Reference {
  private static final Partition DAY = Partition.daily("day");

  private Reference() {}

  /** Sessions, paying users and revenue per marketing channel, by day. */
  static Pipeline channelReport() {
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

  /** Every kind of node, source, sink and check once, with text that is awkward to print. */
  static Pipeline everything() {
    Partition arrival = Partition.daily("arrival").formatted("yyyyMMdd");
    Rows lines = read(text("raw/notes"));
    Rows arrivals =
        read(
            csv("arrivals/{arrival}")
                .schema("id STRING, amount DECIMAL(10,2)")
                .partition(arrival.around(0, 2))
                .orEmpty()
                .keepDefects());
    Rows events = read(json("raw/events").schema("id STRING, ts TIMESTAMP"));
    Rows users = read(parquet("raw/users"));
    Rows history = read(delta("mart/everything").partition(DAY.previous(7)).orEmpty());
    Rows week = read(delta("raw/sessions").partition(DAY.last(7).as("report_day")));

    Rows cleaned =
        arrivals
            .where("note <> 'a \"quoted\" #1 & \\ more' AND amount < 10")
            .with("share", "amount / :total")
            .drop("_file", "_line")
            .rename("amount", "price")
            .expect(
                unique("id"),
                notNull("id", "price"),
                satisfies("price >= 0").allowing(0.01),
                oneOf("share", "0", "1"),
                updatedWithin("seen", hours(36)));
    Rows latest = events.latestBy(keys("id"), "ts", "seq DESC").hint("broadcast");
    Rows paired =
        cleaned.as("c").join(latest.as("l")).on("c.id = l.id AND c.day >= l.day").select("c.*");
    Rows known =
        paired
            .semiJoin(users)
            .using("id")
            .antiJoin(lines)
            .using("id", "value")
            .fullJoin(week)
            .using("id")
            .leftJoin(history)
            .using("id")
            .expect(allMatched());
    Rows counted =
        sql("""
        SELECT k.id, count(*) AS n
        FROM known k JOIN users u ON k.id = u.id
        GROUP BY k.id
        """)
            .from("known", known)
            .from("users", users);
    Rows top =
        counted
            .union(counted)
            .distinct()
            .transform("geocode", new NativeTransform() {})
            .allowVariation("the service \"moves\" places by <1 m")
            .hint("repartition", 8, "id")
            .orderBy("n DESC", "id")
            .limit(10);

    return Pipeline.named("everything")
        .parameters(Parameter.decimal("total").defaultsTo("1"))
        .writes(
            top.to(
                delta("mart/everything")
                    .overwrite(DAY)
                    .allowNewColumns()
                    .expect(rows(within(0.5).ofLast(4).sameWeekday()))),
            counted
                .groupBy()
                .aggregate("count(*) AS n")
                .to(csv("export/전체").overwrite().expect(rows(atLeast(1)))),
            known.to(
                csv("export/known")
                    .overwrite(arrival)
                    .profile(CsvProfile.POSTGRES)
                    .compressed(CsvCompression.ZSTD)
                    .partsOf("256 MB")));
  }
}
