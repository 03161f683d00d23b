package io.penstock.spark.excel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a sheet, such as {@code B2:D7}.
 *
 * @param last its last cell, which is part of it
 */
record CellArea(CellAddress first, CellAddress last) {
  private static final Pattern FORM = Pattern.compile("([A-Z0-9]+)(?::([A-Z0-9]+))?");

  /** What a text says; empty where it is no area. A cell alone is one. */
  static Optional<CellArea> of(String text) {
    Matcher corners = FORM.matcher(text);
    if (!corners.matches()) {
      return Optional.empty();
    }
    String last = Optional.ofNullable(corners.group(2)).orElse(corners.group(1));
    return CellAddress.of(corners.group(1))
        .flatMap(from -> CellAddress.of(last).map(to -> new CellArea(from, to)));
  }

  boolean holds(int row, int column) {
    return row >= first.row()
        && row <= last.row()
        && column >= first.column()
        && column <= last.column();
  }
}
