package io.penstock.spark.landed;

import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.LineReader;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Lines of text, each the only value of a row. */
final class TextLines implements RecordFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public Records open(InputStream content, FileRows rows) throws IOException {
    return new Lines(new LineReader(content), rows);
  }

  private record Lines(LineReader lines, FileRows rows) implements Records {
    @Override
    public Optional<InternalRow> next() throws IOException {
      return lines.next() ? Optional.of(row()) : Optional.empty();
    }

    private InternalRow row() {
      if (lines.isTooLong()) {
        return rows.defective(lines.line(), "the line is longer than 16 MiB", lines.text());
      }
      if (!lines.isUtf8()) {
        return rows.defective(
            lines.line(),
            rows.notText(lines.buffer(), lines.offset(), lines.length()),
            lines.text());
      }
      Object[] values = rows.values();
      values[0] =
          UTF8String.fromBytes(
              Arrays.copyOfRange(lines.buffer(), lines.offset(), lines.offset() + lines.length()));
      return rows.keepsRecords()
          ? rows.row(values, lines.line(), lines.text())
          : rows.row(values, lines.line());
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
