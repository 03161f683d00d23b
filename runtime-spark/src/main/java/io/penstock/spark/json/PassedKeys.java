package io.penstock.spark.json;

import java.util.ArrayList;
import java.util.List;

/** The keys that were left out of an object and counted, until it is known to be whole. */
final class PassedKeys {
  private final List<Key> keys = new ArrayList<>();

  /** A key that was counted. */
  interface Key {
    /** Takes one off its count. */
    void takeBack();
  }

  void add(Key key) {
    keys.add(key);
  }

  /** What was counted holds. */
  void keep() {
    keys.clear();
  }

  /** Nothing was counted: the object is read again. */
  void takeBack() {
    keys.forEach(Key::takeBack);
    keys.clear();
  }
}
