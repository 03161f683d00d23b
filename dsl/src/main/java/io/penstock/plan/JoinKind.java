package io.penstock.plan;

/** Which rows a join keeps. */
public enum JoinKind {
  /** Pairs that match. */
  INNER("join"),
  /** Pairs that match, and left rows without a match. */
  LEFT("leftJoin"),
  /** Pairs that match, and rows of either side without a match. */
  FULL("fullJoin"),
  /** Left rows that have a match, with the left columns only. */
  SEMI("semiJoin"),
  /** Left rows that have no match, with the left columns only. */
  ANTI("antiJoin");

  private final String word;

  JoinKind(String word) {
    this.word = word;
  }

  /** The method of the language that makes such a join. */
  public String word() {
    return word;
  }
}
