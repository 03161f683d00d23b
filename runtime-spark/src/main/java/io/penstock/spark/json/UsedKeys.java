package io.penstock.spark.json;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The keys of one object. Most objects have few: to compare those takes less than a hash table. */
final class UsedKeys {
  private static final int FEW = 8;

  private final String[] few = new String[FEW];
  private int count;
  private Set<String> all = Set.of();

  /** Adds a key; false if it was there. */
  boolean add(String key) {
    if (count == FEW) {
      if (all.isEmpty()) {
        all = new HashSet<>();
        Collections.addAll(all, few);
      }
      return all.add(key);
    }
    int hash = key.hashCode();
    for (int i = 0; i < count; i++) {
      // Strings remember their hash codes, and most are others.
      if (few[i].hashCode() == hash && few[i].equals(key)) {
        return false;
      }
    }
    few[count] = key;
    count++;
    return true;
  }
}
