package io.penstock.spark.excel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spark.csv.CsvColumns;
import io.penstock.spark.records.Defect;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.Records;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** The records of one sheet, read as they are asked for. */
final class ExcelRows implements Records {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenWorkbook workbook;
  private final FileRows rows;
  private final StructField[] columns;
  private final CellValues values;
  private final SheetRows sheet;
  private final boolean hasNames;
  private final boolean isHeaderless;
  private final SheetHeader header;

  /** Says what is wrong with the header, and is the first row where defects are kept. */
  private Optional<InternalRow> headerDefect;

  /** Without a header, the row that was read to look for one. */
  private Optional<SheetRow> firstRecord = Optional.empty();

  private long read;
  private int lastRow;

  /** The columns up to the last one that holds anything. */
  private int width;

  private boolean saidAbsent;

  private ExcelRows(OpenWorkbook workbook, FileRows rows, ExcelFormat format) throws IOException {
    this.workbook = workbook;
    this.rows = rows;
    this.columns = rows.declared().types().fields();
    this.values = new CellValues(format.values(), format.zone(), workbook.calendar());
    this.sheet = workbook.rows(format.sheet());
    this.hasNames = format.header() == Header.NAMES;
    this.isHeaderless = format.header() == Header.ABSENT;
    Optional<SheetRow> top = nextRow();
    while (top.isPresent() && top.get().number() <= format.skippedRows()) {
      top = nextRow();
    }
    if (isHeaderless) {
      this.header =
          top.isEmpty() && format.skippedRows() > 0
              ? SheetHeader.defective(
                  new Defect("the sheet ends within the rows before its records"))
              : SheetHeader.inOrder(rows.declared());
      this.firstRecord = top;
    } else {
      this.header =
          top.map(row -> header(row, format.header()))
              .orElseGet(
                  () -> SheetHeader.defective(new Defect("the sheet is empty, without a header")));
    }
    long line = top.map(SheetRow::number).orElse(format.skippedRows() + 1);
    String text = top.map(SheetRow::text).orElse("");
    this.headerDefect = header.defect().map(defect -> rows.defective(line, defect, text));
    top.ifPresent(this::widen);
  }

  private SheetHeader header(SheetRow top, Header kind) {
    return kind == Header.IGNORED
        ? SheetHeader.byPosition(top, values, rows.declared())
        : SheetHeader.of(top, values, rows.declared());
  }

  /** Opens a workbook. */
  static ExcelRows of(InputStream content, FileRows rows, ExcelFormat format) throws IOException {
    try {
      return new ExcelRows(OpenWorkbook.of(content), rows, format);
    } catch (UnreadableWorkbookException e) {
      throw e.of(rows.file());
    }
  }

  /** With a defective header no row can be read either, and each of them is defective, too. */
  @Override
  public Optional<InternalRow> next() {
    if (headerDefect.isPresent()) {
      Optional<InternalRow> defect = headerDefect;
      headerDefect = Optional.empty();
      return defect;
    }
    try {
      Optional<SheetRow> row = firstRecord.isPresent() ? firstRecord : nextRow();
      firstRecord = Optional.empty();
      return row.isPresent() ? row.map(this::row) : absentColumns();
    } catch (UnreadableWorkbookException e) {
      throw e.of(rows.file());
    }
  }

  @Override
  public void close() throws IOException {
    if (rows.declared().unknown() == Treatment.LEAVE_OUT) {
      header.others().stream().distinct().forEach(name -> rows.countUnknown(name, read));
    }
    sheet.close();
    workbook.close();
  }

  /** The next row that holds a value. */
  private Optional<SheetRow> nextRow() {
    Optional<SheetRow> row = sheet.next();
    while (row.isPresent() && row.get().cells().stream().allMatch(values::isEmpty)) {
      row = sheet.next();
    }
    return row;
  }

  private void widen(SheetRow row) {
    lastRow = row.number();
    int columns = row.cells().size();
    while (columns > width && values.isEmpty(row.cell(columns - 1))) {
      columns--;
    }
    width = Math.max(width, columns);
  }

  /**
   * Says once that the last of the columns by position are nowhere: rather another one is missing,
   * and those behind it have moved.
   */
  private Optional<InternalRow> absentColumns() {
    int declared = columns.length;
    boolean lacks =
        !hasNames
            && !saidAbsent
            && read > 0
            && header.defect().isEmpty()
            && width < header.columns().orElseThrow().least();
    saidAbsent = true;
    return lacks
        ? Optional.of(
            rows.defective(
                lastRow,
                new Defect(
                    "the sheet has values in %s of the %s declared columns"
                        .formatted(width, declared),
                    "correct the file, or declare the last columns .optional(…) if it may lack"
                        + " them."),
                ""))
        : Optional.empty();
  }

  private InternalRow row(SheetRow row) {
    read++;
    if (header.defect().isPresent()) {
      return defective(row, header.defect().get().reason());
    }
    widen(row);
    for (int i = 0; i < row.cells().size(); i++) {
      if (!header.hasName(i) && !values.isEmpty(row.cell(i))) {
        return rows.defective(row.number(), nameless(row.address(i)), row.text());
      }
    }
    Object[] fields = rows.values();
    for (int i = 0; i < columns.length; i++) {
      Optional<Integer> position = header.position(i);
      if (position.isEmpty()) {
        continue;
      }
      try {
        fields[i] = values.of(row.cell(position.get()), columns[i].name(), columns[i].dataType());
      } catch (CellValues.UnfitCellException e) {
        return defective(
            row,
            "column '%s' (cell %s) %s"
                .formatted(columns[i].name(), row.address(position.get()), e.getMessage()));
      }
      if (fields[i] == null && !columns[i].nullable()) {
        return defective(
            row, "column '%s' is empty and declared NOT NULL".formatted(columns[i].name()));
      }
    }
    if (isHeaderless && read == 1 && namesAllColumns(row)) {
      return rows.defective(row.number(), CsvColumns.headerForRecord(), row.text());
    }
    if (rows.declared().unknown() == Treatment.COLLECT) {
      try {
        fields[columns.length] = rest(row);
      } catch (CellValues.UnfitCellException e) {
        return defective(row, e.getMessage());
      }
    }
    return rows.keepsRecords()
        ? rows.row(fields, row.number(), row.text())
        : rows.row(fields, row.number());
  }

  private boolean namesAllColumns(SheetRow row) {
    boolean all = columns.length > 1;
    for (int i = 0; all && i < columns.length; i++) {
      all = CellValues.text(row.cell(i)).strip().equalsIgnoreCase(columns[i].name());
    }
    return all;
  }

  private Defect nameless(String address) {
    return hasNames
        ? new Defect(
            "cell %s holds a value, and the header has no name for its column".formatted(address),
            "declare .byPosition() and each column of the sheet, in its order, or correct the"
                + " file.")
        : new Defect(
            "cell %s holds a value behind the declared columns".formatted(address),
            "declare each column of the sheet, in its order, or correct the file.");
  }

  /** The cells that aren't declared and aren't empty, as a JSON object; NULL if there is none. */
  private UTF8String rest(SheetRow row) {
    ObjectNode object = JSON.createObjectNode();
    List<String> names = header.others();
    for (int i = 0; i < names.size(); i++) {
      int position = header.otherPosition(i);
      SheetCell cell = row.cell(position);
      if (!values.isEmpty(cell)) {
        object.put(names.get(i), CellValues.text(cell, "cell " + row.address(position)));
      }
    }
    return object.isEmpty() ? null : UTF8String.fromString(object.toString());
  }

  private InternalRow defective(SheetRow row, String reason) {
    return rows.defective(row.number(), reason, row.text());
  }
}
