package io.penstock.engine;

/**
 * What another program does with a table on account of a feature or of types that the table uses:
 * it refuses it, or reads something else than the table holds.
 *
 * @param feature as Delta names it, {@code deletionVectors}, or {@code nested types}
 * @param effect a phrase behind the program's name, such as {@code refuses the table}
 */
public record ReaderLimit(String feature, Reader reader, String effect) {
  /** A program that reads Delta tables without Spark. */
  public enum Reader {
    /** The Python package of delta-rs; pandas reads Delta tables through it. */
    DELTALAKE("deltalake"),
    POLARS("polars"),
    DUCKDB("DuckDB"),
    CHDB("chDB"),
    TRINO("Trino");

    private final String text;

    Reader(String text) {
      this.text = text;
    }

    /** The name as its makers write it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** The reader and what it does. */
  @Override
  public String toString() {
    return reader + " " + effect;
  }
}
