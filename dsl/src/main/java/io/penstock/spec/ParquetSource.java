package io.penstock.spec;

/** Parquet files. */
public record ParquetSource(FileSelection selection, TypedColumns columns)
    implements TypedSource<ParquetSource> {
  @Override
  public ParquetSource with(FileSelection files) {
    return new ParquetSource(files, columns);
  }

  @Override
  public ParquetSource with(TypedColumns declared) {
    return new ParquetSource(selection, declared);
  }

  @Override
  public String format() {
    return "parquet";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitParquet(this);
  }
}
