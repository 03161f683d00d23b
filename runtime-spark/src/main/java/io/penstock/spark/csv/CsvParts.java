package io.penstock.spark.csv;

import java.util.ArrayList;
import java.util.List;

/** Which pieces become which file. */
final class CsvParts {
  private CsvParts() {}

  /**
   * Groups neighbours as long as they fit into one file together. There is at least one group, and
   * a group without pieces where there are none.
   */
  static List<List<CsvPiece>> of(List<CsvPiece> pieces, long longest) {
    List<List<CsvPiece>> parts = new ArrayList<>();
    List<CsvPiece> part = new ArrayList<>();
    long bytes = 0;
    for (CsvPiece piece : pieces) {
      if (!part.isEmpty() && piece.bytes() > longest - bytes) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(piece);
      bytes += piece.bytes();
    }
    parts.add(part);
    return parts;
  }
}
