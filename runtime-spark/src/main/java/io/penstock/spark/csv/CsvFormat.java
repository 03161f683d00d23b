package io.penstock.spark.csv;

import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spec.CsvDialect;
import io.penstock.spec.CsvProfile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files with a header line, following RFC 4180.
 *
 * <ul>
 *   <li>UTF-8, with or without a byte order mark; LF or CRLF; line ends inside quotes are part of
 *       the field.
 *   <li>Columns are matched by name: every declared column appears once in the header, in any
 *       order; other columns are ignored.
 *   <li>An empty field without quotes is NULL, with quotes it is the empty string. Nothing is
 *       trimmed. An empty line is a NULL in a file with a single column, and ignored in others.
 *   <li>Types are strict: a number that is out of range, a decimal that would be rounded, 30
 *       February and a seventh digit of a second are defects. A TIMESTAMP is ISO 8601 with an
 *       offset or 'Z'; without either it is UTC.
 *   <li>A quote inside an unquoted field, text after a closing quote, an unclosed quote, a carriage
 *       return alone, a wrong number of fields, malformed UTF-8 and records over 16 MiB (except in
 *       files that Penstock wrote) are defects. A file with a defective header has a defect for the
 *       header and for each of its records, so that the share of defective rows reflects what was
 *       lost.
 * </ul>
 */
public final class CsvFormat implements RecordFormat {
  private static final long serialVersionUID = 1L;

  /** The largest array that every JVM can allocate. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final CsvSyntax syntax;
  private final Dialect profile;
  private final ValueParsers values;
  private final int longestRecord;

  private CsvFormat(CsvSyntax syntax, Dialect profile, ValueParsers values, int longestRecord) {
    this.syntax = syntax;
    this.profile = profile;
    this.values = values;
    this.longestRecord = longestRecord;
  }

  /**
   * Files of any origin, after RFC 4180.
   *
   * @throws IllegalArgumentException if a column's type has no text form
   */
  public static CsvFormat of(StructType declared) {
    return of(CsvDialect.RFC4180, ValueParsers.STRICT, declared);
  }

  /** Files of any origin in a dialect, whose values are written in any form. */
  public static CsvFormat of(CsvDialect dialect, ValueParsers values, StructType declared) {
    for (StructField field : declared.fields()) {
      if (ValueParser.of(field.dataType()).isEmpty()) {
        throw CsvErrors.unreadableType(field.name(), field.dataType());
      }
    }
    return new CsvFormat(
        new CsvSyntax(dialect), Dialect.of(dialect.profile()), values, LONGEST_RECORD);
  }

  /**
   * Files that {@link CsvFileWriter} wrote. Their records may have any length, since they were
   * rows, and fit in a row again.
   */
  public static CsvFormat writtenBy(CsvProfile profile) {
    return writtenBy(profile, CsvDialect.RFC4180.delimiter());
  }

  /** The same with something else than a comma between fields. */
  public static CsvFormat writtenBy(CsvProfile profile, String delimiter) {
    return new CsvFormat(
        new CsvSyntax(CsvDialect.separatedBy(delimiter)),
        Dialect.of(profile),
        ValueParsers.STRICT,
        LONGEST_ARRAY);
  }

  @Override
  public Records open(InputStream content, FileRows rows) throws IOException {
    return new CsvRows(content, rows, this);
  }

  CsvSyntax syntax() {
    return syntax;
  }

  Dialect profile() {
    return profile;
  }

  ValueParsers values() {
    return values;
  }

  /** In bytes; a longer one is a defect. */
  int longestRecord() {
    return longestRecord;
  }
}
