package io.penstock.spark.excel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a cell, such as {@code AB12}.
 *
 * @param row from 1
 * @param column from 0
 */
record CellAddress(int row, int column) {
  private static final Pattern FORM = Pattern.compile("([A-Z]{1,3})([1-9][0-9]{0,6})");
  private static final int LETTERS = 26;

  /** What a text says; empty where it is no address. */
  static Optional<CellAddress> of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int column = 0;
    for (char letter : parts.group(1).toCharArray()) {
      column = column * LETTERS + letter - 'A' + 1;
    }
    return Optional.of(new CellAddress(Integer.parseInt(parts.group(2)), column - 1));
  }

  /** What the spreadsheet calls it. */
  String text() {
    StringBuilder letters = new StringBuilder();
    for (int rest = column; rest >= 0; rest = rest / LETTERS - 1) {
      letters.insert(0, (char) ('A' + rest % LETTERS));
    }
    return letters.append(row).toString();
  }
}
