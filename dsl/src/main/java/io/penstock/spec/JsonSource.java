package io.penstock.spec;

import java.util.Optional;

/**
 * Files of JSON objects in UTF-8.
 *
 * @param columns the keys read, as DDL: {@code "sessionid STRING, ts TIMESTAMP"}
 */
public record JsonSource(
    FileSelection selection, String columns, Layout layout, WhenDefective whenDefective)
    implements FileSource<JsonSource> {

  /** Where the objects of a file stand. */
  public enum Layout {
    /** One on each line. */
    LINES,
    /** Over any number of lines, one after the other or in an array. */
    MULTI_LINE
  }

  public JsonSource {
    Names.text("a schema", columns);
  }

  @Override
  public JsonSource with(FileSelection files) {
    return new JsonSource(files, columns, layout, whenDefective);
  }

  /**
   * The same source, where an object may take any number of lines: each file holds one object after
   * the other, or an array of objects.
   */
  public JsonSource multiLine() {
    return new JsonSource(selection, columns, Layout.MULTI_LINE, whenDefective);
  }

  /**
   * The same source, where a defective record is a row that says so ({@link WhenDefective#KEEP}).
   */
  public JsonSource keepDefects() {
    return new JsonSource(selection, columns, layout, WhenDefective.KEEP);
  }

  @Override
  public Optional<String> schema() {
    return Optional.of(columns);
  }

  @Override
  public boolean hasColumnsInFiles() {
    return false;
  }

  @Override
  public String format() {
    return "json";
  }

  @Override
  public String formatOptions() {
    String lines = layout == Layout.MULTI_LINE ? "multiLine" : "";
    String defects = whenDefective == WhenDefective.KEEP ? "keepDefects" : "";
    return (lines + " " + defects).strip();
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitJson(this);
  }
}
