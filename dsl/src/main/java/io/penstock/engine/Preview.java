package io.penstock.engine;

import java.util.List;
import java.util.Optional;

/**
 * A few rows as text, to look at.
 *
 * @param rows one list a row, in the order of the columns; an empty value is NULL
 * @param more whether there are more rows than these
 */
public record Preview(
    List<String> columns, List<String> types, List<List<Optional<String>>> rows, boolean more) {
  public Preview {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
