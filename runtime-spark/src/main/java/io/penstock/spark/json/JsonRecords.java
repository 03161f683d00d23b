package io.penstock.spark.json;

import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParsers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a file's objects. */
final class JsonRecords implements Records {
  private final ObjectTexts texts;
  private final FileRows rows;
  private final JsonObjects objects;
  private boolean ended;

  JsonRecords(ObjectTexts texts, FileRows rows, ValueParsers values) {
    this.texts = texts;
    this.rows = rows;
    this.objects = new JsonObjects(rows, values);
  }

  @Override
  public Optional<InternalRow> next() throws IOException {
    if (texts.next()) {
      return Optional.of(row());
    }
    Optional<InternalRow> absent = ended ? Optional.empty() : absentKeys();
    ended = true;
    return absent;
  }

  private InternalRow row() throws IOException {
    if (texts.isOpen()) {
      Optional<Object[]> values = objects.readOpen(texts);
      if (values.isEmpty()) {
        texts.findEnd();
      }
      boolean whole = values.isPresent() && texts.isUtf8();
      objects.counted(whole);
      if (whole) {
        return row(values.get());
      }
    }
    if (texts.defect().isPresent()) {
      return defective(texts.defect().get());
    }
    if (!texts.isUtf8()) {
      return rows.defective(
          texts.line(), rows.notText(texts.buffer(), texts.offset(), texts.length()), texts.text());
    }
    Object[] values = rows.values();
    try {
      objects.read(texts, values);
    } catch (DefectException e) {
      return defective(e.reason());
    } finally {
      objects.counted(true);
    }
    return row(values);
  }

  private InternalRow row(Object[] values) {
    return rows.keepsRecords()
        ? rows.row(values, texts.line(), texts.text())
        : rows.row(values, texts.line());
  }

  private InternalRow defective(String reason) {
    return rows.defective(texts.line(), reason, texts.text());
  }

  /** A row that tells which keys no object had, at the line behind the last one. */
  private Optional<InternalRow> absentKeys() {
    List<String> names = objects.neverFound();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            rows.defective(
                texts.nextLine(),
                "no object of the file has the key "
                    + names.stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", ")),
                ""));
  }

  @Override
  public void close() throws IOException {
    objects.close();
    texts.close();
  }
}
