package io.penstock.engine;

/** Rows outside of a run: analysed, and computed each time they are looked at. */
public interface RowsView {
  Preview first(int rows);

  long count();

  /** Columns and types, one a line, without reading a row. */
  String schema();
}
