package io.penstock.spark.csv;

import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;

/** The rows of one file, read as they are asked for. */
final class CsvRows implements Records {
  private final FileRows rows;
  private final Dialect dialect;
  private final StructField[] fields;
  private final List<ValueParser> parsers = new ArrayList<>();
  private final RecordReader records;
  private final FieldSplitter splitter = new FieldSplitter();
  private CsvHeader header = new CsvHeader(List.of(), 0);
  private Optional<String> headerDefect = Optional.empty();
  private Optional<InternalRow> headerRow;

  /**
   * @param content uncompressed
   * @param longestRecord in bytes
   */
  CsvRows(InputStream content, FileRows rows, Dialect dialect, int longestRecord)
      throws IOException {
    this.rows = rows;
    this.dialect = dialect;
    this.fields = rows.declared().fields();
    for (StructField field : fields) {
      parsers.add(ValueParser.of(field.dataType()).orElseThrow());
    }
    this.records = new RecordReader(content, longestRecord);
    this.headerRow = readHeader();
  }

  @Override
  public Optional<InternalRow> next() throws IOException {
    if (headerRow.isPresent()) {
      Optional<InternalRow> defect = headerRow;
      headerRow = Optional.empty();
      return defect;
    }
    do {
      if (!records.next()) {
        return Optional.empty();
      }
    } while (isBlankLine());
    return Optional.of(row());
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /**
   * Reads the header line. With a defective header no record can be read either, so each of them
   * counts as defective when reading leniently.
   */
  private Optional<InternalRow> readHeader() throws IOException {
    if (!records.next()) {
      return Optional.of(rows.defective(1, "the file is empty, without a header line", ""));
    }
    headerDefect = records.defect();
    if (headerDefect.isEmpty()) {
      List<String> names = split(records.text());
      headerDefect = CsvHeader.defect(names, rows.declared());
      header = CsvHeader.of(names, rows.declared());
    }
    return headerDefect.map(reason -> rows.defective(1, reason, records.text()));
  }

  /** In a file with a single column an empty line is a NULL, in others it is no record. */
  private boolean isBlankLine() {
    return records.text().isEmpty() && header.width() != 1 && records.defect().isEmpty();
  }

  private InternalRow row() {
    if (headerDefect.isPresent()) {
      return rows.defective(records.line(), headerDefect.get(), records.text());
    }
    if (records.defect().isPresent()) {
      return rows.defective(records.line(), records.defect().get(), records.text());
    }
    List<String> texts = split(records.text());
    if (texts.size() != header.width()) {
      return rows.defective(
          records.line(),
          "the record has " + texts.size() + " fields where the header has " + header.width(),
          records.text());
    }
    Object[] values = rows.values();
    for (int column = 0; column < fields.length; column++) {
      String text = texts.get(header.positions().get(column));
      try {
        if (text != null) {
          values[column] = parsers.get(column).parse(text);
        } else if (!fields[column].nullable()) {
          return defective(column, "is empty and declared NOT NULL");
        }
      } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
        return defective(
            column, "is not " + ExceptionText.withArticle(fields[column].dataType().sql()));
      }
    }
    return rows.row(values, records.line());
  }

  /** The fields without what the dialect added. */
  private List<String> split(String record) {
    List<String> fields = splitter.split(record);
    fields.replaceAll(field -> field == null ? null : dialect.read(field));
    return fields;
  }

  private InternalRow defective(int column, String what) {
    return rows.defective(
        records.line(),
        "column '"
            + fields[column].name()
            + "' (field "
            + (header.positions().get(column) + 1)
            + ") "
            + what,
        records.text());
  }
}
