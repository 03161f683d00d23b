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
 * Lands the user and the channel of each session.
 *
 * <p>The source says nothing about dates, so every run reads all of it and replaces the whole table
 * in one commit. A repeated line counts once; two lines that differ for one session fail the task.
 */
public final class LandChannels implements Job {
  @Override
  public Pipeline pipeline() {
    Rows channels =
        read(csv("arrivals/user_session_channel")
                .schema("userid BIGINT, sessionid STRING, channel STRING"))
            .distinct()
            .expect(unique("sessionid"));

    return Pipeline.named("land-channels")
        .describedAs("User and marketing channel of every session")
        .owners(technical("data-platform"))
        .writes(channels.to(delta("raw/user_session_channel").overwrite()));
  }
}
