package io.penstock.spark.csv;

import java.util.ArrayList;
import java.util.List;

/** Divides pieces among files. */
final class CsvParts {
  private CsvParts() {}

  /**
   * Groups consecutive pieces as long as they fit into one file together. There is at least one
   * group, which is empty if there are no pieces.
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
