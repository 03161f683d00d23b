package io.penstock.spark.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.spark.records.Defect;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of one file, read as they are asked for. */
final class CsvRows implements Records {
  private static final JsonFactory JSON = new JsonFactory();

  private final FileRows rows;
  private final CsvFormat format;
  private final StructField[] columns;
  private final ValueParser[] parsers;
  private final RecordReader records;
  private final Fields fields;
  private Optional<CsvColumns> places = Optional.empty();
  private Optional<Defect> headerDefect = Optional.empty();
  private Optional<InternalRow> headerRow = Optional.empty();
  private long read;

  /**
   * @param content uncompressed, in UTF-8
   */
  CsvRows(InputStream content, FileRows rows, CsvFormat format) throws IOException {
    this.rows = rows;
    this.format = format;
    this.columns = rows.declared().types().fields();
    this.parsers = new ValueParser[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parsers[i] = format.values().of(columns[i].name(), columns[i].dataType()).orElseThrow();
    }
    this.records = new RecordReader(content, format.syntax(), format.longestRecord());
    this.fields = records.fields();
    if (records.endsInSkippedLines()) {
      headerDefect = Optional.of(new Defect("the file ends within the lines before its records"));
      headerRow = headerDefect.map(defect -> rows.defective(records.nextLine(), defect, ""));
    } else if (format.syntax().header() == Header.ABSENT) {
      places = Optional.of(CsvColumns.inOrder(rows.declared()));
    } else {
      headerRow = readHeader();
    }
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
    if (rows.declared().unknown() == Treatment.LEAVE_OUT && places.isPresent()) {
      places.get().others().stream().distinct().forEach(name -> rows.countUnknown(name, read));
    }
    records.close();
  }

  /**
   * Reads the header line. With a defective header no record can be read either, so each of them
   * counts as defective when reading leniently.
   */
  private Optional<InternalRow> readHeader() throws IOException {
    if (!records.next()) {
      return Optional.of(
          rows.defective(records.nextLine(), "the file is empty, without a header line", ""));
    }
    headerDefect = unreadableHeader();
    if (headerDefect.isEmpty()) {
      try {
        places =
            Optional.of(
                CsvColumns.named(
                    fields.texts().stream().map(format.profile()::read).toList(),
                    rows.declared(),
                    format.syntax().header()));
        if (format.syntax().header() == Header.IGNORED && isRecord(places.get())) {
          headerDefect = Optional.of(CsvColumns.recordForHeader("skipLines"));
        }
      } catch (CsvColumns.UnfitHeaderException e) {
        headerDefect = Optional.of(e.defect());
      } catch (Fields.BadEscapeException e) {
        headerDefect = Optional.of(new Defect(e.getMessage()));
      }
    }
    headerDefect = headerDefect.map(rows::explained);
    return headerDefect.map(defect -> rows.defective(records.line(), defect, records.text()));
  }

  private Optional<Defect> unreadableHeader() {
    if (!records.isText()) {
      return Optional.of(notText());
    }
    return records
        .defect()
        .map(
            reason -> HeaderGuess.unreadable(reason, records.text(), delimiter(), rows.declared()));
  }

  private String delimiter() {
    return new String(format.syntax().delimiter(), StandardCharsets.UTF_8);
  }

  private Defect notText() {
    return rows.notText(records.buffer(), records.offset(), records.length());
  }

  /** In a file with a single column an empty line is a NULL, in others it is no record. */
  private boolean isBlankLine() {
    return records.isBlank() && !places.map(CsvColumns::areOne).orElse(false);
  }

  private InternalRow row() {
    read++;
    if (headerDefect.isPresent()) {
      return defective(headerDefect.get().reason());
    }
    if (records.defect().isPresent()) {
      return unreadable(records.defect().get());
    }
    if (!records.isText()) {
      return rows.defective(records.line(), notText(), records.text());
    }
    CsvColumns at = places.orElseThrow();
    if (!at.suits(fields.count())) {
      return defective(
          "the record has "
              + fields.count()
              + (fields.count() == 1 ? " field" : " fields")
              + (format.syntax().header() == Header.ABSENT
                  ? CsvColumns.whereDeclared(at.most())
                  : " where the header has " + at.most()));
    }
    Object[] values = rows.values();
    for (int column = 0; column < columns.length; column++) {
      int field = at.positions().get(column);
      Optional<Defect> defect =
          field == CsvColumns.ABSENT || field >= fields.count()
              ? Optional.empty()
              : read(column, field, values);
      if (defect.isPresent()) {
        return defective(defect.get());
      }
    }
    if (rows.declared().unknown() == Treatment.COLLECT) {
      try {
        values[columns.length] = rest(at);
      } catch (Fields.BadEscapeException e) {
        return defective("a field that isn't declared can't be read: " + e.getMessage());
      }
    }
    return rows.keepsRecords()
        ? rows.row(values, records.line(), records.text())
        : rows.row(values, records.line());
  }

  /** Reads a value into its place; tells why it can't be read. */
  private Optional<Defect> read(int column, int field, Object[] values) {
    DataType type = columns[column].dataType();
    try {
      values[column] = value(column, field);
    } catch (Fields.BadEscapeException e) {
      return Optional.of(new Defect(place(column, field) + "can't be read: " + e.getMessage()));
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      String reason = place(column, field) + "is not " + ExceptionText.withArticle(type.sql());
      return Optional.of(
          FieldGuess.of(reason, text(field), type, text -> isValue(parsers[column], text)));
    }
    return values[column] == null && !columns[column].nullable()
        ? Optional.of(new Defect(place(column, field) + "is empty and declared NOT NULL"))
        : Optional.empty();
  }

  private static boolean isValue(ValueParser parser, String text) {
    try {
      parser.parse(text);
      return true;
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      return false;
    }
  }

  /** Whether the fields are values of all columns that have another type than STRING. */
  private boolean isRecord(CsvColumns at) {
    Object[] values = new Object[columns.length];
    boolean any = false;
    for (int column = 0; column < columns.length; column++) {
      int field = at.positions().get(column);
      if (field != CsvColumns.ABSENT && !(columns[column].dataType() instanceof StringType)) {
        if (read(column, field, values).isPresent()) {
          return false;
        }
        any |= values[column] != null;
      }
    }
    return any;
  }

  private Object value(int column, int field) {
    if (fields.isNull(field)) {
      return null;
    }
    boolean string = columns[column].dataType() instanceof StringType;
    // In quotes a word can only be meant as such, if the column can hold it.
    if (format.values().haveNullWords()
        && !(string && fields.isQuoted(field))
        && format.values().isNull(trimmed(fields.raw(field), string))) {
      return null;
    }
    if (string && format.profile() != Dialect.EXCEL) {
      return fields.utf8(field);
    }
    return parsers[column].parse(trimmed(text(field), string));
  }

  private String text(int field) {
    return format.profile().read(fields.text(field));
  }

  private String trimmed(String text, boolean string) {
    return format.syntax().isTrimmed() && !string ? text.strip() : text;
  }

  private String place(int column, int field) {
    return "column '" + columns[column].name() + "' (field " + (field + 1) + ") ";
  }

  /** The fields that aren't declared and aren't NULL, as a JSON object; NULL if there is none. */
  private UTF8String rest(CsvColumns at) {
    StringWriter json = new StringWriter();
    boolean any = false;
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.writeStartObject();
      for (int i = 0; i < at.others().size(); i++) {
        int field = at.otherPositions().get(i);
        if (!fields.isNull(field)) {
          any = true;
          generator.writeStringField(at.others().get(i), fields.text(field));
        }
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot print strings as JSON", e);
    }
    return any ? UTF8String.fromString(json.toString()) : null;
  }

  private InternalRow unreadable(String reason) {
    return defective(
        reason.equals(RecordReader.QUOTE_WITHIN)
            ? new Defect(
                reason,
                "declare .withoutQuotes() if quotes are characters like others, or else correct the"
                    + " file.")
            : new Defect(reason));
  }

  private InternalRow defective(String reason) {
    return defective(new Defect(reason));
  }

  private InternalRow defective(Defect defect) {
    boolean mayBeHeader = read == 1 && format.syntax().header() == Header.ABSENT;
    Defect guessed =
        mayBeHeader
            ? HeaderGuess.firstRecord(defect, records.text(), delimiter(), fields, rows.declared())
            : defect;
    return rows.defective(records.line(), rows.explained(guessed), records.text());
  }
}
