package io.penstock.spark.csv;

import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;

/** The rows of one file, read as they are asked for. */
final class CsvRows implements java.util.Iterator<Row>, AutoCloseable {
  private final InputFile file;
  private final CsvReadOptions options;
  private final CsvCompression compression;
  private final StructField[] fields;
  private final int width;
  private final List<FieldParser> parsers = new ArrayList<>();
  private final RecordReader records;
  private final FieldSplitter splitter = new FieldSplitter();
  private CsvHeader header = new CsvHeader(List.of(), 0);
  private Optional<String> headerDefect = Optional.empty();
  private Optional<Row> next;

  /**
   * @param compression of the file
   * @param in the uncompressed content
   */
  CsvRows(InputFile file, CsvReadOptions options, CsvCompression compression, InputStream in)
      throws IOException {
    this.file = file;
    this.options = options;
    this.compression = compression;
    this.fields = options.declared().fields();
    this.width = options.rows().size();
    for (StructField field : fields) {
      parsers.add(FieldParser.of(field.dataType()).orElseThrow());
    }
    this.records = new RecordReader(in, options.format().longestRecord());
    this.next = readHeader();
    if (next.isEmpty()) {
      advance();
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Row next() {
    Row row = next.orElseThrow(NoSuchElementException::new);
    advance();
    return row;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /**
   * Reads the header line. With a defective header no record can be read either, so each of them
   * counts as defective when reading leniently.
   */
  private Optional<Row> readHeader() throws IOException {
    if (!records.next()) {
      return Optional.of(defective(1, "the file is empty, without a header line", ""));
    }
    headerDefect = records.defect();
    if (headerDefect.isEmpty()) {
      List<String> names = split(records.text());
      headerDefect = CsvHeader.defect(names, options.declared());
      header = CsvHeader.of(names, options.declared());
    }
    return headerDefect.map(reason -> defective(1, reason, records.text()));
  }

  private void advance() {
    try {
      do {
        if (!records.next()) {
          next = Optional.empty();
          return;
        }
      } while (isBlankLine());
      next = Optional.of(row());
    } catch (IOException e) {
      throw CsvErrors.unreadable(file.path(), records.nextLine(), e, compression);
    }
  }

  /** In a file with a single column an empty line is a NULL, in others it is no record. */
  private boolean isBlankLine() {
    return records.text().isEmpty() && header.width() != 1 && records.defect().isEmpty();
  }

  private Row row() {
    if (headerDefect.isPresent()) {
      return defective(records.line(), headerDefect.get(), records.text());
    }
    if (records.defect().isPresent()) {
      return defective(records.line(), records.defect().get(), records.text());
    }
    List<String> texts = split(records.text());
    if (texts.size() != header.width()) {
      return defective(
          records.line(),
          "the record has " + texts.size() + " fields where the header has " + header.width(),
          records.text());
    }
    Object[] values = new Object[width];
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
    return withPlace(values, records.line(), Optional.empty(), Optional.empty());
  }

  /** The fields without what the dialect added. */
  private List<String> split(String record) {
    List<String> fields = splitter.split(record);
    fields.replaceAll(field -> field == null ? null : options.format().dialect().read(field));
    return fields;
  }

  private Row defective(int column, String what) {
    return defective(
        records.line(),
        "column '"
            + fields[column].name()
            + "' (field "
            + (header.positions().get(column) + 1)
            + ") "
            + what,
        records.text());
  }

  private Row defective(long line, String reason, String text) {
    if (!options.lenient()) {
      throw CsvErrors.malformed(file.path(), line, reason, options.ddl());
    }
    return withPlace(new Object[width], line, Optional.of(reason), Optional.of(text));
  }

  private Row withPlace(
      Object[] values, long line, Optional<String> reason, Optional<String> text) {
    int position = fields.length;
    for (Object constant : file.constants()) {
      values[position++] = constant;
    }
    if (options.lenient()) {
      values[position++] = file.path();
      values[position++] = line;
      values[position++] = reason.orElse(null);
      values[position] = text.orElse(null);
    }
    return RowFactory.create(values);
  }
}
