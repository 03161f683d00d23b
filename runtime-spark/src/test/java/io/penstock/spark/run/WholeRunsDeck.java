package io.penstock.spark.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * What happens next in a proof of whole runs: by chance, and yet everything in each dozen of steps,
 * so that a short proof leaves nothing out.
 */
final class WholeRunsDeck {
  private final Random random;
  private final Deque<Kind> dozen = new ArrayDeque<>();

  WholeRunsDeck(Random random) {
    this.random = random;
  }

  /** What can happen. */
  enum Kind {
    RUN_DIES,
    RUN_SUCCEEDS,
    RUN_IS_REFUSED,
    RECOVER,
    DAY_IS_COPIED,
    STRANGER_COMES,
    OTHERS_ACT
  }

  Kind next() {
    if (dozen.isEmpty()) {
      List<Kind> kinds = new ArrayList<>(Collections.nCopies(4, Kind.RUN_DIES));
      kinds.addAll(List.of(Kind.values()));
      kinds.add(Kind.OTHERS_ACT);
      Collections.shuffle(kinds, random);
      dozen.addAll(kinds);
    }
    return dozen.pop();
  }
}
