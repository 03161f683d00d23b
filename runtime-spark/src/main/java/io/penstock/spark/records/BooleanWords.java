package io.penstock.spark.records;

import java.util.HashSet;
import java.util.List;

/** Parses BOOLEAN by the words of a source. */
final class BooleanWords implements ValueParser {
  private static final long serialVersionUID = 1L;

  private final HashSet<String> trues;
  private final HashSet<String> falses;

  /**
   * @param trues {@code true} in any case when there are none
   * @param falses {@code false} in any case when there are none
   */
  BooleanWords(List<String> trues, List<String> falses) {
    this.trues = new HashSet<>(trues);
    this.falses = new HashSet<>(falses);
  }

  /** Whether the source has words of its own. */
  boolean areDeclared() {
    return !trues.isEmpty() || !falses.isEmpty();
  }

  @Override
  public Object parse(String text) {
    if (trues.isEmpty() ? text.equalsIgnoreCase("true") : trues.contains(text)) {
      return true;
    }
    if (falses.isEmpty() ? text.equalsIgnoreCase("false") : falses.contains(text)) {
      return false;
    }
    throw new NumberFormatException();
  }
}
