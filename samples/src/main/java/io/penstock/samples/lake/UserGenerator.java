package io.penstock.samples.lake;

import java.util.List;
import java.util.Random;

/** Draws users: a few of them very often, most of them rarely. */
final class UserGenerator {
  private static final int USERS = 9_000;

  /** Two frequent users whose ids become equal when they are converted to DOUBLE. */
  private static final List<Long> BEYOND_DOUBLES =
      List.of(9_007_199_254_740_992L, 9_007_199_254_740_993L);

  private UserGenerator() {}

  static long user(Random random) {
    double uniform = random.nextDouble();
    int rank = (int) (USERS * uniform * uniform);
    if (rank >= 10 && rank < 10 + BEYOND_DOUBLES.size()) {
      return BEYOND_DOUBLES.get(rank - 10);
    }
    // Scatters the frequent users over all ids; 4,561 and 9,000 have no common factor.
    return 1 + rank * 4_561L % USERS;
  }
}
