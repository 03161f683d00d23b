package io.penstock.samples.lake;

import java.util.List;
import java.util.Random;

/** The six marketing channels, with names that break careless readers of CSV. */
final class Channels {
  static final List<String> NAMES =
      List.of("organic", "paid, search", "\"display\"", " partner", "e-mail\nnewsletter", "유튜브 🎉");

  private Channels() {}

  /** Mostly the user's own channel, sometimes any other. */
  static String of(long user, Random random) {
    int own = (int) (user % NAMES.size());
    return NAMES.get(random.nextInt(10) < 6 ? own : random.nextInt(NAMES.size()));
  }

  /** A channel that isn't this one. */
  static String otherThan(String channel) {
    return NAMES.get((NAMES.indexOf(channel) + 1) % NAMES.size());
  }
}
