package io.penstock.spec;

/** Avro container files. */
public record AvroSource(FileSelection selection, TypedColumns columns)
    implements TypedSource<AvroSource> {
  @Override
  public AvroSource with(FileSelection files) {
    return new AvroSource(files, columns);
  }

  @Override
  public AvroSource with(TypedColumns declared) {
    return new AvroSource(selection, declared);
  }

  @Override
  public String format() {
    return "avro";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitAvro(this);
  }
}
