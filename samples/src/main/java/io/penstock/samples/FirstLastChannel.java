package io.penstock.samples;

import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;

/**
 * The channels through which every user came first and last, over all days that have landed.
 *
 * <p>The job has no partition, so a run needs no date and replaces the whole table. Of two sessions
 * at the same instant the one with the smaller id is the earlier one: without a rule for ties, two
 * runs on the same data could differ.
 */
public final class FirstLastChannel implements Job {
  @Override
  public Pipeline pipeline() {
    Rows visits =
        read(delta("raw/session_timestamp"))
            .join(read(delta("raw/user_session_channel")))
            .using("sessionid");
    Rows first =
        visits
            .latestBy(keys("userid"), "ts DESC", "sessionid DESC")
            .select("userid", "channel AS first_channel");
    Rows last =
        visits
            .latestBy(keys("userid"), "ts", "sessionid")
            .select("userid", "channel AS last_channel");

    return Pipeline.named("first-last-channel")
        .describedAs("First and last marketing channel of every user")
        .owners(business("growth"), technical("data-platform"))
        .writes(
            first
                .join(last)
                .using("userid")
                .expect(unique("userid"))
                .to(delta("mart/first_last_channel").overwrite()));
  }
}
