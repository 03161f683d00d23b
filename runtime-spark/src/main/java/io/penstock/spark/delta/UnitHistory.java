package io.penstock.spark.delta;

/** What a table's history says of the units that a commit replaces, since some version. */
public enum UnitHistory {
  /** No file of them was added or taken out, save to write the same rows into other files. */
  UNCHANGED,
  /** Files of them were added or taken out. */
  CHANGED,
  /** Entries of the log are gone, or it is another table's. */
  UNKNOWN
}
