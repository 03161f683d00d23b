package io.penstock.spark.json;

import java.util.Arrays;

/** The keys that were left out of an object and counted, until it is known to be whole. */
final class PassedKeys {
  private static final int FEW = 1 << 10;

  /** Holds keys of before, too: to forget them would take as long as to gather them. */
  private Key[] keys = new Key[FEW];

  private int count;

  /** A key that was counted. */
  interface Key {
    /** Takes one off its count. */
    void takeBack();
  }

  void add(Key key) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    keys[count] = key;
    count++;
  }

  /** What was counted holds. */
  void keep() {
    if (keys.length > FEW) {
      keys = new Key[FEW];
    }
    count = 0;
  }

  /** Nothing was counted: the object is read again. */
  void takeBack() {
    for (int i = 0; i < count; i++) {
      keys[i].takeBack();
    }
    keep();
  }
}
