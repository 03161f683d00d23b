package io.penstock.spark.records;

import io.penstock.spark.csv.CsvFormat;
import io.penstock.spark.json.JsonFormat;
import io.penstock.spec.CsvSource;
import io.penstock.spec.JsonSource;
import io.penstock.spec.RecordSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Reads the records of one file as a task does, without a task. */
public final class ReadRecords {
  /** The name of the file in messages. */
  public static final String FILE = "lake/arrivals/x/a.csv";

  private final RecordSource<?> source;
  private final RecordFormat format;
  private final UnknownKeyCounts unknown = new UnknownKeyCounts();

  private ReadRecords(RecordSource<?> source, RecordFormat format) {
    this.source = source;
    this.format = format;
  }

  /** A reader of a source's files. */
  public static ReadRecords of(RecordSource<?> source) {
    return of(source, format(source));
  }

  /** A reader of a source's files in a format of one's own. */
  public static ReadRecords of(RecordSource<?> source, RecordFormat format) {
    return new ReadRecords(source, format);
  }

  /** The rows of a file: DATE as {@code LocalDate}, TIMESTAMP as {@code Instant}. */
  public List<List<Object>> rows(byte[] content) {
    RecordColumns columns = new RecordColumns(expected(), new StructType(), source.whenDefective());
    var toRow = CatalystTypeConverters.createToScalaConverter(columns.all());
    InputFile file = InputFile.of(FILE, content.length);
    List<List<Object>> rows = new ArrayList<>();
    Content bytes = Content.of(FILE, new ByteArrayInputStream(content));
    PushbackInputStream text = FileBeginning.stream(bytes.stream());
    try (Records records = open(text, columns, file)) {
      for (Optional<InternalRow> row = records.next(); row.isPresent(); row = records.next()) {
        List<Object> values = new ArrayList<>();
        Row converted = (Row) toRow.apply(row.get());
        for (int i = 0; i < converted.size(); i++) {
          values.add(withoutZone(converted.get(i)));
        }
        rows.add(values);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read bytes in memory", e);
    }
    return rows;
  }

  private Records open(PushbackInputStream text, RecordColumns columns, InputFile file)
      throws IOException {
    TextEncoding encoding = TextEncoding.of(source.charset());
    FileBeginning beginning = FileBeginning.of(text);
    return format.open(
        encoding.utf8(FILE, beginning, text),
        new FileRows(file, columns, encoding, beginning, unknown));
  }

  /** Dates and times in types that no zone of the machine changes. */
  private static Object withoutZone(Object value) {
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    return value instanceof Timestamp time ? time.toInstant() : value;
  }

  /** What wasn't declared in the files read so far. */
  public Map<String, Long> unknownKeys() {
    return unknown.part(0).counts();
  }

  private static RecordFormat format(RecordSource<?> source) {
    StructType declared = StructType.fromDDL(source.records().columns());
    ValueParsers values = ValueParsers.of(source.records().values());
    if (source instanceof CsvSource csv) {
      return CsvFormat.of(csv.dialect(), values, declared);
    }
    return JsonFormat.of(((JsonSource) source).layout(), values, declared);
  }

  private ExpectedColumns expected() {
    return ExpectedColumns.of(
        StructType.fromDDL(source.records().columns()),
        source.records().optional(),
        source.records().matching(),
        source.records().unknown());
  }
}
