package io.penstock.spark.delta;

/** What a table's history says about the units that a commit replaces, since some version. */
public enum UnitHistory {
  /** No file of them was added or removed, except to rewrite the same rows into other files. */
  UNCHANGED,
  /** Files of them were added or removed. */
  CHANGED,
  /** Entries of the log are gone, or it is another table's. */
  UNKNOWN
}
