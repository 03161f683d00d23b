package io.penstock.spec;

/** ORC files. */
public record OrcSource(FileSelection selection, TypedColumns columns)
    implements TypedSource<OrcSource> {
  @Override
  public OrcSource with(FileSelection files) {
    return new OrcSource(files, columns);
  }

  @Override
  public OrcSource with(TypedColumns declared) {
    return new OrcSource(selection, declared);
  }

  @Override
  public String format() {
    return "orc";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitOrc(this);
  }
}
