package io.penstock.spark.csv;

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
  private final CsvLayout layout;
  private final CsvCompression form;
  private final StructField[] fields;
  private final int width;
  private final List<FieldParser> parsers = new ArrayList<>();
  private final RecordReader records;
  private final FieldSplitter splitter = new FieldSplitter();
  private CsvHeader header = new CsvHeader(List.of(), 0);
  private Optional<String> headerDefect = Optional.empty();
  private Optional<Row> next;

  /**
   * @param form how the file is compressed
   * @param in what is compressed in it
   */
  CsvRows(InputFile file, CsvLayout layout, CsvCompression form, InputStream in)
      throws IOException {
    this.file = file;
    this.layout = layout;
    this.form = form;
    this.fields = layout.declared().fields();
    this.width = layout.rows().size();
    for (StructField field : fields) {
      parsers.add(FieldParser.of(field.dataType()).orElseThrow());
    }
    this.records = new RecordReader(in, layout.longestRecord());
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
   * Reads the header line. Under a defective header no record can be read either, so that each of
   * them counts as defective when reading leniently.
   */
  private Optional<Row> readHeader() throws IOException {
    if (!records.next()) {
      return Optional.of(defective(1, "the file is empty, without a header line", ""));
    }
    headerDefect = records.defect();
    if (headerDefect.isEmpty()) {
      List<String> names = split(records.text());
      headerDefect = CsvHeader.defect(names, layout.declared());
      header = CsvHeader.of(names, layout.declared());
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
      throw CsvErrors.unreadable(file.path(), records.nextLine(), e, form);
    }
  }

  /** With a single column an empty line is a NULL; with more it holds nothing. */
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
        return defective(column, "is not " + article(fields[column].dataType().sql()));
      }
    }
    return withPlace(values, records.line(), Optional.empty(), Optional.empty());
  }

  private static String article(String type) {
    return ("AEIOU".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
  }

  /** The fields as they were before the dialect changed them. */
  private List<String> split(String record) {
    List<String> fields = splitter.split(record);
    fields.replaceAll(field -> field == null ? null : layout.dialect().read(field));
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
    if (!layout.lenient()) {
      throw CsvErrors.malformed(file.path(), line, reason, layout.ddl());
    }
    return withPlace(new Object[width], line, Optional.of(reason), Optional.of(text));
  }

  private Row withPlace(
      Object[] values, long line, Optional<String> reason, Optional<String> text) {
    int position = fields.length;
    for (Object constant : file.constants()) {
      values[position++] = constant;
    }
    if (layout.lenient()) {
      values[position++] = file.path();
      values[position++] = line;
      values[position++] = reason.orElse(null);
      values[position] = text.orElse(null);
    }
    return RowFactory.create(values);
  }
}
