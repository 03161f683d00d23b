package io.penstock.engine;

/**
 * Rows outside of a run: analysed, and computed each time they are looked at, which fails with a
 * {@link RunFailedException}.
 */
public interface RowsView {
  /** The first rows; which ones these are is certain for ordered rows only. */
  Preview first(int rows);

  /** The number of rows; computes all of them. */
  long count();

  /** Columns and types, one a line, without reading a row. */
  String schema();
}
