package io.penstock.samples.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of CSV text after RFC 4180, cell by cell: nothing at all is NULL, and {@code ""} is
 * the empty string.
 *
 * @param records the header first
 */
record CsvCells(List<List<Optional<String>>> records) {

  static CsvCells of(String text) {
    List<List<Optional<String>>> records = new ArrayList<>();
    List<Optional<String>> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    boolean wasQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        // The second quote of a pair opens again what the first one closed.
        if (!inQuotes && wasQuoted) {
          cell.append(c);
        }
        inQuotes = !inQuotes;
        wasQuoted = true;
      } else if (!inQuotes && (c == ',' || c == '\n')) {
        record.add(cell.isEmpty() && !wasQuoted ? Optional.empty() : Optional.of(cell.toString()));
        cell.setLength(0);
        wasQuoted = false;
        if (c == '\n') {
          records.add(List.copyOf(record));
          record.clear();
        }
      } else {
        cell.append(c);
      }
    }
    if (inQuotes || wasQuoted || !cell.isEmpty() || !record.isEmpty()) {
      throw new IllegalArgumentException("The last record doesn't end with a line feed: " + record);
    }
    return new CsvCells(List.copyOf(records));
  }

  List<Optional<String>> header() {
    return records.get(0);
  }

  List<List<Optional<String>>> rows() {
    return records.subList(1, records.size());
  }
}
