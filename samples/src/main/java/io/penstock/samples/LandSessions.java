package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.CsvSource;
import io.penstock.spec.Partition;

/**
 * Lands the sessions of a day from what arrived on that day and on the two after it.
 *
 * <p>The folders of the two later days need not be there yet: running the day again, once they are,
 * adds the lines that came late. Lines that are unreadable, too late or from the future go to
 * quarantine with file, line and reason, in the run of the day on which they arrived, and so each
 * of them exactly once. When they are more than one in a hundred, something is wrong with the
 * delivery: the task fails, and publishes nothing.
 */
public final class LandSessions implements Job {
  private static final Partition DAY = Partition.daily("day");
  private static final Partition ARRIVAL = Partition.daily("arrival");

  @Override
  public Pipeline pipeline() {
    CsvSource arrivals =
        csv("arrivals/session_timestamp/{arrival}")
            .schema("sessionid STRING, ts TIMESTAMP")
            .keepDefects();
    Rows today =
        withReason(read(arrivals.partition(ARRIVAL)))
            .expect(satisfies("reason IS NULL").allowing(0.01));
    Rows later = withReason(read(arrivals.partition(ARRIVAL.next(2)).orEmpty()));

    Rows sessions =
        today
            .union(later)
            .where("reason IS NULL AND ts >= :from AND ts < :to")
            .select("sessionid", "ts", "CAST(ts AS DATE) AS day")
            .distinct()
            .expect(unique("sessionid"));
    Rows rejected =
        today
            .where("reason IS NOT NULL")
            .select("arrival AS day", "_file AS file", "_line AS line", "reason", "_text AS text");

    return Pipeline.named("land-sessions")
        .describedAs("Sessions by the day on which they took place, as far as they have arrived")
        .owners(technical("data-platform"))
        .writes(
            sessions.to(delta("raw/session_timestamp").overwrite(DAY)),
            rejected.to(delta("raw/_quarantine/session_timestamp").overwrite(DAY)));
  }

  private static Rows withReason(Rows arrived) {
    return arrived.with(
        "reason",
        """
        CASE WHEN _defect IS NOT NULL THEN concat('unreadable: ', _defect)
             WHEN sessionid IS NULL THEN 'unreadable: no session id'
             WHEN ts IS NULL THEN 'unreadable: no timestamp'
             WHEN CAST(ts AS DATE) < date_sub(arrival, 2) THEN 'too late'
             WHEN CAST(ts AS DATE) > arrival THEN 'from the future'
        END\
        """);
  }
}
