package io.penstock.spark.excel;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of a sheet.
 *
 * @param number from 1, as the spreadsheet shows it
 * @param cells up to the last one
 */
record SheetRow(int number, List<SheetCell> cells) {
  /** The cell at a position, from 0. */
  SheetCell cell(int position) {
    return position < cells.size() ? cells.get(position) : SheetCell.NONE;
  }

  /** What the spreadsheet calls a cell, {@code B7}. */
  String address(int position) {
    return new CellAddress(number, position).text();
  }

  /** The texts of the cells, with tabs between them. */
  String text() {
    return cells.stream().map(CellValues::text).collect(Collectors.joining("\t"));
  }
}
