package io.penstock.spec;

import java.util.Optional;

/**
 * CSV files: RFC 4180, UTF-8, with a header, unless the source says otherwise.
 *
 * @param dialect how records are written
 */
public record CsvSource(FileSelection selection, RecordOptions records, CsvDialect dialect)
    implements RecordSource<CsvSource> {

  @Override
  public CsvSource with(FileSelection files) {
    return new CsvSource(files, records, dialect);
  }

  @Override
  public CsvSource with(RecordOptions options) {
    return new CsvSource(selection, options, dialect);
  }

  private CsvSource with(CsvDialect other) {
    return new CsvSource(selection, records, other);
  }

  /** The same source, where something else than a comma stands between fields: {@code ";"}. */
  public CsvSource delimiter(String text) {
    return with(dialect.delimiter(text));
  }

  /** The same source, where fields are enclosed in another character than {@code "}. */
  public CsvSource quote(String character) {
    return with(dialect.quote(Optional.of(CsvDialect.character("a quote", character))));
  }

  /** The same source, where no field is enclosed in quotes, and a quote is part of its field. */
  public CsvSource withoutQuotes() {
    return with(dialect.quote(Optional.empty()));
  }

  /**
   * The same source, where a character makes the quote, delimiter, line end, comment or escape
   * behind it part of the field: {@code escape("\\")}.
   */
  public CsvSource escape(String character) {
    return with(dialect.escape(CsvDialect.character("an escape", character)));
  }

  /** The same source, where lines that begin so are no records: {@code comments("#")}. */
  public CsvSource comments(String beginning) {
    return with(dialect.comments(beginning));
  }

  /** The same source, whose files have so many lines before the header or the first record. */
  public CsvSource skipLines(int lines) {
    return with(dialect.skipLines(lines));
  }

  /** The same source, whose files have no header: the declared columns, in their order. */
  public CsvSource headerless() {
    return with(dialect.header(CsvDialect.Header.ABSENT));
  }

  /**
   * The same source, whose files have a header of which no name is taken: the declared columns, in
   * their order.
   */
  public CsvSource byPosition() {
    return with(dialect.header(CsvDialect.Header.IGNORED));
  }

  /**
   * The same source without the spaces and tabs around fields and names; within quotes they belong
   * to a STRING, and to no other type.
   */
  public CsvSource trimmed() {
    return with(dialect.trimmed());
  }

  /** The same source over files that an export of this profile has written. */
  public CsvSource profile(CsvProfile writer) {
    return with(dialect.profile(writer));
  }

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public String formatOptions() {
    return (dialect + " " + records).strip();
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitCsv(this);
  }
}
