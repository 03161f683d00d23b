package io.penstock.engine;

import java.util.List;

/**
 * A Delta table as other programs find it.
 *
 * @param uri with its scheme, and nothing in it escaped: {@code file:/lake/mart/sales}
 * @param limits what programs do with it on account of its features; none of a table made here
 */
public record CurrentTable(String uri, List<ReaderLimit> limits) {
  public CurrentTable {
    limits = List.copyOf(limits);
  }
}
