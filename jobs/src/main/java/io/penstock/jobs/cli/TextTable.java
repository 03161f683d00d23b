package io.penstock.jobs.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cells in columns of a fixed width; a cell may have several lines. */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /** The header and the rows, each line ending with a line feed. */
  static String of(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    int[] widths = new int[header.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        for (String line : lines(row.get(column))) {
          widths[column] = Math.max(widths[column], width(line));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    all.forEach(row -> append(text, row, widths));
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    int height = row.stream().mapToInt(cell -> lines(cell).size()).max().orElse(1);
    for (int line = 0; line < height; line++) {
      StringBuilder printed = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        List<String> lines = lines(row.get(column));
        String part = line < lines.size() ? lines.get(line) : "";
        printed.append(part).append(" ".repeat(widths[column] - width(part))).append(GAP);
      }
      text.append(printed.toString().stripTrailing()).append('\n');
    }
  }

  private static List<String> lines(String cell) {
    return Arrays.asList(cell.split("\n", -1));
  }

  /** Columns that the text takes on a terminal. */
  static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  /** Terminals draw the scripts of East Asia and emoji two columns wide, and marks on top. */
  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(codePoint)
            || (codePoint >= 0x1100 && codePoint <= 0x115F)
            || (codePoint >= 0x3000 && codePoint <= 0x30FF)
            || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
            || (codePoint >= 0xFF01 && codePoint <= 0xFF60)
            || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF);
    return wide ? 2 : 1;
  }
}
