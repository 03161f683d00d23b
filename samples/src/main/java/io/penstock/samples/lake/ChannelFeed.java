package io.penstock.samples.lake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Writes {@code user_session_channel}: who came through which channel. */
final class ChannelFeed {
  private final Random random;
  private final Tally tally;

  ChannelFeed(Random random, Tally tally) {
    this.random = random;
    this.tally = tally;
  }

  ArrivalFile file(List<Session> seen, List<Session> unseen) {
    List<Session> told = new ArrayList<>(seen);
    // A wholesale account that nobody can name would take its tie out of the top ten.
    told.removeIf(session -> random.nextInt(1_000) < 5 && WholesaleOrder.behind(session).isEmpty());
    tally.add(Oddity.SESSION_WITHOUT_CHANNEL, seen.size() - told.size());
    told.addAll(unseen);
    tally.add(Oddity.CHANNEL_WITHOUT_SESSION, unseen.size());

    List<String> lines = new ArrayList<>();
    Set<Long> users = new HashSet<>();
    for (Session session : told) {
      String line = Csv.line(String.valueOf(session.user()), session.id(), session.channel());
      lines.add(line);
      tally.add(Oddity.CHANNEL_RECORDS);
      users.add(session.user());
      if (random.nextInt(100) < 1) {
        lines.add(line);
        tally.add(Oddity.CHANNEL_REPEATS);
      }
    }
    tally.add(Oddity.USERS, users.size());
    Collections.shuffle(lines, random);
    return new ArrivalFile(
        "arrivals/user_session_channel/part-0.csv", "userid,sessionid,channel", lines);
  }
}
