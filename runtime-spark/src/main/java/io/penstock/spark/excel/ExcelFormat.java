package io.penstock.spark.excel;

import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.ExcelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Sheets of Excel workbooks. Each row below the header, if there is one, is a record.
 *
 * <ul>
 *   <li>A cell has a type of its own, and is a value of a column of that type: a number, a date, a
 *       text, TRUE or FALSE. A text in a column of another type is read as that of a CSV file.
 *   <li>A spreadsheet keeps 15 digits of a number. DECIMAL and STRING columns take the number with
 *       so many, as the sheet shows it; a whole number of more is a defect.
 *   <li>Dates are numbers that have the format of one. Times have milliseconds.
 *   <li>Of a formula, the value is read that was computed last.
 *   <li>Rows without any value are left out. Columns are found by the names of the header, unless
 *       the source says that they are those declared, in their order.
 * </ul>
 */
public final class ExcelFormat implements RecordFormat {
  private static final long serialVersionUID = 1L;

  private final String sheet;
  private final int skippedRows;
  private final Header header;
  private final ValueParsers values;
  private final ZoneId zone;

  private ExcelFormat(
      String sheet, int skippedRows, Header header, ValueParsers values, ZoneId zone) {
    this.sheet = sheet;
    this.skippedRows = skippedRows;
    this.header = header;
    this.values = values;
    this.zone = zone;
  }

  /**
   * The files of a source.
   *
   * @throws IllegalArgumentException if a column's type has no form in a cell
   */
  public static ExcelFormat of(ExcelSource source, ValueParsers values, StructType declared) {
    for (StructField field : declared.fields()) {
      if (ValueParser.of(field.dataType()).isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot read column '%s' from a sheet as %s: a cell holds no such value."
                .formatted(field.name(), field.dataType().sql()));
      }
    }
    if (!source.charset().equals(StandardCharsets.UTF_8)) {
      throw new IllegalArgumentException(
          "Cannot read a workbook in the encoding %s: workbooks say their own."
              .formatted(source.charset().name()));
    }
    return new ExcelFormat(
        source.sheet().orElse(""),
        source.skippedRows(),
        source.header(),
        values,
        source.records().values().times().zone());
  }

  /** A workbook is a zip archive of several files. */
  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public Records open(InputStream content, FileRows rows) throws IOException {
    return ExcelRows.of(content, rows, this);
  }

  /** The name of the sheet; empty for the only one that isn't hidden. */
  Optional<String> sheet() {
    return Optional.of(sheet).filter(name -> !name.isEmpty());
  }

  int skippedRows() {
    return skippedRows;
  }

  Header header() {
    return header;
  }

  ValueParsers values() {
    return values;
  }

  /** That of the times. */
  ZoneId zone() {
    return zone;
  }
}
