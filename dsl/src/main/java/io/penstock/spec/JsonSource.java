package io.penstock.spec;

/** Files of JSON objects, whose keys are the columns. */
public record JsonSource(FileSelection selection, RecordOptions records, Layout layout)
    implements RecordSource<JsonSource> {

  /** Where the objects of a file stand. */
  public enum Layout {
    /** One on each line. */
    LINES,
    /** Over any number of lines, one after the other or in an array. */
    MULTI_LINE
  }

  @Override
  public JsonSource with(FileSelection files) {
    return new JsonSource(files, records, layout);
  }

  @Override
  public JsonSource with(RecordOptions options) {
    return new JsonSource(selection, options, layout);
  }

  /**
   * The same source, where an object may take any number of lines: each file holds one object after
   * the other, or an array of objects.
   */
  public JsonSource multiLine() {
    return new JsonSource(selection, records, Layout.MULTI_LINE);
  }

  @Override
  public String format() {
    return "json";
  }

  @Override
  public String formatOptions() {
    return ((layout == Layout.MULTI_LINE ? "multiLine " : "") + records).strip();
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitJson(this);
  }
}
