package io.penstock.samples.lake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Generates {@code user_session_channel}: the user and the channel of each session. */
final class ChannelFeed {
  private final Random random;
  private final AnomalyCounts counts;

  ChannelFeed(Random random, AnomalyCounts counts) {
    this.random = random;
    this.counts = counts;
  }

  ArrivalFile file(List<Session> seen, List<Session> unseen) {
    List<Session> recorded = new ArrayList<>(seen);
    // Without a channel record, a wholesale account would be missing from the ties of the top ten.
    recorded.removeIf(
        session -> random.nextInt(1_000) < 5 && WholesaleOrder.behind(session).isEmpty());
    counts.add(Anomaly.SESSION_WITHOUT_CHANNEL, seen.size() - recorded.size());
    recorded.addAll(unseen);
    counts.add(Anomaly.CHANNEL_WITHOUT_SESSION, unseen.size());

    List<String> lines = new ArrayList<>();
    Set<Long> users = new HashSet<>();
    for (Session session : recorded) {
      String line = Csv.line(String.valueOf(session.user()), session.id(), session.channel());
      lines.add(line);
      counts.add(Anomaly.CHANNEL_RECORDS);
      users.add(session.user());
      if (random.nextInt(100) < 1) {
        lines.add(line);
        counts.add(Anomaly.CHANNEL_REPEATS);
      }
    }
    counts.add(Anomaly.USERS, users.size());
    Collections.shuffle(lines, random);
    return new ArrivalFile(
        "arrivals/user_session_channel/part-0.csv", "userid,sessionid,channel", lines);
  }
}
