package io.penstock.spec;

import java.util.Optional;

/** Parquet files, all of which have the same columns. */
public record ParquetSource(FileSelection selection) implements FileSource<ParquetSource> {
  @Override
  public ParquetSource with(FileSelection files) {
    return new ParquetSource(files);
  }

  @Override
  public Optional<String> schema() {
    return Optional.empty();
  }

  @Override
  public boolean hasColumnsInFiles() {
    return true;
  }

  @Override
  public String format() {
    return "parquet";
  }

  @Override
  public String formatOptions() {
    return "";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitParquet(this);
  }
}
