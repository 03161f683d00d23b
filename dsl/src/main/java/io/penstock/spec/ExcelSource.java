package io.penstock.spec;

import java.util.Optional;

/**
 * Sheets of Excel workbooks ({@code .xlsx}, {@code .xlsm}).
 *
 * @param sheet the name of the one that is read; empty for the only one that isn't hidden
 * @param skippedRows how many rows stand before the header, or before the first record when there
 *     is none
 * @param header what the first row says
 */
public record ExcelSource(
    FileSelection selection,
    RecordOptions records,
    Optional<String> sheet,
    int skippedRows,
    CsvDialect.Header header)
    implements RecordSource<ExcelSource> {

  public ExcelSource {
    if (skippedRows < 0) {
      throw new IllegalArgumentException(
          "Cannot skip %s rows: the number is negative. Fix: leave it out, or give the number of rows before the header."
              .formatted(skippedRows));
    }
    sheet.ifPresent(name -> Names.text("a sheet", name));
  }

  @Override
  public ExcelSource with(FileSelection files) {
    return new ExcelSource(files, records, sheet, skippedRows, header);
  }

  @Override
  public ExcelSource with(RecordOptions options) {
    return new ExcelSource(selection, options, sheet, skippedRows, header);
  }

  /** The same source over the sheet of this name. */
  public ExcelSource sheet(String name) {
    return new ExcelSource(selection, records, Optional.of(name), skippedRows, header);
  }

  /** The same source, where so many rows stand before the header or the first record. */
  public ExcelSource skipRows(int rows) {
    return new ExcelSource(selection, records, sheet, rows, header);
  }

  /** The same source, whose sheets have no header: the declared columns, from A on. */
  public ExcelSource headerless() {
    return new ExcelSource(selection, records, sheet, skippedRows, CsvDialect.Header.ABSENT);
  }

  /**
   * The same source, whose sheets have a header of which no name is taken: the declared columns,
   * from A on.
   */
  public ExcelSource byPosition() {
    return new ExcelSource(selection, records, sheet, skippedRows, CsvDialect.Header.IGNORED);
  }

  @Override
  public String format() {
    return "excel";
  }

  @Override
  public String formatOptions() {
    OptionText text = new OptionText();
    sheet.ifPresent(name -> text.add("sheet", name));
    if (skippedRows > 0) {
      text.add("skipRows " + skippedRows);
    }
    text.addAll(header.option());
    text.addAll(records.toString());
    return text.toString();
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitExcel(this);
  }
}
