package io.penstock.spark.csv;

import io.penstock.spark.records.TextEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The rows of a task as records in the encoding of their file. */
final class CsvRecords {
  private final Iterator<InternalRow> rows;
  private final StructType schema;
  private final FileText text;
  private final int partition;
  private final List<FieldWriter> writers = new ArrayList<>();

  /** Empty where a record is written as it is put together, in UTF-8. */
  private final Optional<TextEncoder> encoder;

  private long number;

  /**
   * @param partition of the rows, for messages
   */
  CsvRecords(Iterator<InternalRow> rows, StructType schema, FileText text, int partition) {
    this.rows = rows;
    this.schema = schema;
    this.text = text;
    this.partition = partition;
    this.encoder =
        text.encoding().isUtf8() ? Optional.empty() : Optional.of(text.encoding().encoder());
    for (var field : schema.fields()) {
      writers.add(FieldWriter.of(field, text.dialect()).orElseThrow());
    }
  }

  /** Writes the next row in {@code record}; false if there is none. */
  boolean next(ByteArrayOutputStream record) {
    if (!rows.hasNext()) {
      return false;
    }
    InternalRow row = rows.next();
    number++;
    record.reset();
    CsvOutput out = new CsvOutput(record, text.delimiter());
    for (int i = 0; i < writers.size(); i++) {
      out.field();
      if (!row.isNullAt(i)) {
        writers.get(i).write(row, i, out);
      }
    }
    out.endRecord();
    if (encoder.isPresent()) {
      encode(record, row, encoder.get());
    }
    return true;
  }

  private void encode(ByteArrayOutputStream record, InternalRow row, TextEncoder into) {
    Optional<byte[]> encoded = into.encode(record.toString(StandardCharsets.UTF_8));
    record.reset();
    record.writeBytes(encoded.orElseThrow(() -> unencodable(row, into)));
  }

  /** Looks for the column, which costs as much as the record. */
  private RuntimeException unencodable(InternalRow row, TextEncoder into) {
    for (int i = 0; i < writers.size(); i++) {
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      if (!row.isNullAt(i)) {
        writers.get(i).write(row, i, new CsvOutput(field, text.delimiter()));
      }
      Optional<String> missing = into.missing(field.toString(StandardCharsets.UTF_8));
      if (missing.isPresent()) {
        return CsvErrors.unencodable(
            schema.fields()[i].name(), missing.get(), into.name(), number, partition);
      }
    }
    return CsvErrors.unencodable(into.name(), number, partition);
  }
}
