package io.penstock.samples.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/** A session as it took place, before anything went wrong on its way to the lake. */
record Session(String id, long user, String channel, Instant at) {
  Session {
    Objects.requireNonNull(id);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(at);
  }

  /** The day of the session, in UTC. */
  LocalDate day() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** The same user at the same instant, through another channel: only the id orders the two. */
  Session twin(String otherId, String otherChannel) {
    return new Session(otherId, user, otherChannel, at);
  }
}
