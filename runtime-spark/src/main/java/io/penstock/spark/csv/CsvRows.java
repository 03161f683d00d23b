package io.penstock.spark.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.spark.records.Defect;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.Records;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of one file, read as they are asked for. */
final class CsvRows implements Records {
  private static final JsonFactory JSON = new JsonFactory();

  private final FileRows rows;
  private final CsvFormat format;
  private final StructField[] columns;
  private final RecordReader records;
  private final Fields fields;
  private final FieldValues fieldValues;
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
    this.records = new RecordReader(content, format.syntax(), format.longestRecord());
    this.fields = records.fields();
    this.fieldValues = new FieldValues(columns, fields, format);
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
        if (format.syntax().header() == Header.IGNORED && fieldValues.areRecord(places.get())) {
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
            defect -> HeaderGuess.unreadable(defect, records.text(), delimiter(), rows.declared()));
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
      return defective(records.defect().get());
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
              : fieldValues.read(column, field, values);
      if (defect.isPresent()) {
        return defective(defect.get());
      }
    }
    if (mayBeHeader() && fieldValues.areNames()) {
      return rows.defective(records.line(), CsvColumns.headerForRecord(), records.text());
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

  private InternalRow defective(String reason) {
    return defective(new Defect(reason));
  }

  private boolean mayBeHeader() {
    return read == 1 && format.syntax().header() == Header.ABSENT;
  }

  private InternalRow defective(Defect defect) {
    Defect guessed =
        mayBeHeader()
            ? HeaderGuess.firstRecord(defect, records.text(), delimiter(), fields, rows.declared())
            : defect;
    return rows.defective(records.line(), rows.explained(guessed), records.text());
  }
}
