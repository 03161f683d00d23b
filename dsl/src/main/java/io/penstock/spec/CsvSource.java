package io.penstock.spec;

import java.util.Optional;

/**
 * CSV files: RFC 4180, UTF-8, with a header.
 *
 * @param columns those read, as DDL: {@code "sessionid STRING, ts TIMESTAMP"}
 */
public record CsvSource(FileSelection selection, String columns, WhenDefective whenDefective)
    implements FileSource<CsvSource> {
  public CsvSource {
    Names.text("a schema", columns);
  }

  @Override
  public CsvSource with(FileSelection files) {
    return new CsvSource(files, columns, whenDefective);
  }

  /**
   * The same source, where a defective record is a row that says so ({@link WhenDefective#KEEP}).
   */
  public CsvSource keepDefects() {
    return new CsvSource(selection, columns, WhenDefective.KEEP);
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
    return "csv";
  }

  @Override
  public String formatOptions() {
    return whenDefective == WhenDefective.KEEP ? "keepDefects" : "";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitCsv(this);
  }
}
