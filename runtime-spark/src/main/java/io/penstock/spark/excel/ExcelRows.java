package io.penstock.spark.excel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spark.csv.CsvColumns;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.records.Defect;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.Records;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** The rows of one sheet, read as they are asked for. */
final class ExcelRows implements Records {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LETTERS = 26;
  private static final String DELIVER_AGAIN = "deliver the file again, complete, or remove it.";

  private final ReadableWorkbook workbook;
  private final FileRows rows;
  private final StructField[] columns;
  private final CellValues values;
  private final Stream<Row> stream;
  private final Iterator<Row> sheet;
  private Optional<CsvColumns> places = Optional.empty();
  private Optional<Defect> headerDefect = Optional.empty();
  private Optional<InternalRow> headerRow = Optional.empty();

  /** The positions of the columns that have a name. */
  private List<Integer> named = List.of();

  private long read;

  /** That of the row read last, from 1. Workbooks may leave out the numbers of rows. */
  private int rowNumber;

  private ExcelRows(ReadableWorkbook workbook, FileRows rows, ExcelFormat format)
      throws IOException {
    this.workbook = workbook;
    this.rows = rows;
    this.columns = rows.declared().types().fields();
    this.values = new CellValues(format.values(), format.zone(), workbook.isDate1904());
    this.stream = sheet(format).openStream();
    this.sheet = stream.iterator();
    headerRow = readHeader(format.skippedRows());
  }

  /** Opens a workbook. */
  static ExcelRows of(InputStream content, FileRows rows, ExcelFormat format) {
    try {
      return new ExcelRows(
          new ReadableWorkbook(Archives.verified(content), new ReadingOptions(true, true)),
          rows,
          format);
    } catch (IOException | RuntimeException e) {
      throw damaged(rows, e);
    }
  }

  private Sheet sheet(ExcelFormat format) {
    List<Sheet> sheets = workbook.getSheets().toList();
    List<Sheet> asked =
        sheets.stream()
            .filter(
                sheet ->
                    format.sheet().isPresent()
                        ? sheet.getName().equals(format.sheet().get())
                        : sheet.getVisibility() == SheetVisibility.VISIBLE)
            .toList();
    if (asked.size() != 1) {
      throw MalformedInputException.ofFile(
          rows.file(),
          format
                  .sheet()
                  .map(name -> "the workbook has no sheet '" + name + "'")
                  .orElse("the workbook has %s sheets".formatted(asked.size()))
              + ", but "
              + sheets.stream()
                  .map(sheet -> "'" + sheet.getName() + "'")
                  .collect(Collectors.joining(", ")),
          "name the sheet with sheet(…).");
    }
    return asked.get(0);
  }

  @Override
  public Optional<InternalRow> next() {
    if (headerRow.isPresent()) {
      Optional<InternalRow> defect = headerRow;
      headerRow = Optional.empty();
      return defect;
    }
    try {
      while (sheet.hasNext()) {
        Row row = nextRow();
        if (!isBlank(row)) {
          return Optional.of(row(row));
        }
      }
      return Optional.empty();
    } catch (MalformedInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(rows, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (rows.declared().unknown() == Treatment.LEAVE_OUT && places.isPresent()) {
      places.get().others().forEach(name -> rows.countUnknown(name, read));
    }
    stream.close();
    workbook.close();
  }

  /**
   * Reads the header. With a defective one no row can be read either, so each of them counts as
   * defective when reading leniently.
   */
  private Optional<InternalRow> readHeader(int skipped) {
    Optional<Row> header = Optional.empty();
    while (header.isEmpty() && sheet.hasNext()) {
      Row row = nextRow();
      header = rowNumber > skipped && !isBlank(row) ? Optional.of(row) : Optional.empty();
    }
    if (header.isEmpty()) {
      headerDefect = Optional.of(new Defect("the sheet is empty, without a header"));
      return headerDefect.map(defect -> rows.defective(skipped + 1L, defect, ""));
    }
    Row top = header.get();
    named = named(top);
    List<String> names = named.stream().map(i -> CellValues.text(cell(top, i))).toList();
    try {
      places = Optional.of(CsvColumns.named(names, rows.declared(), Header.NAMES));
    } catch (CsvColumns.UnfitHeaderException e) {
      headerDefect = Optional.of(e.defect());
    }
    long line = rowNumber;
    String text = text(top);
    return headerDefect.map(defect -> rows.defective(line, defect, text));
  }

  private Row nextRow() {
    Row row = sheet.next();
    rowNumber = Math.max(rowNumber + 1, row.getRowNum());
    return row;
  }

  /** As the spreadsheet calls it, {@code B7}. */
  private String address(int column) {
    StringBuilder letters = new StringBuilder();
    for (int rest = column; rest >= 0; rest = rest / LETTERS - 1) {
      letters.insert(0, (char) ('A' + rest % LETTERS));
    }
    return letters.append(rowNumber).toString();
  }

  private List<Integer> named(Row header) {
    return IntStream.range(0, header.getCellCount())
        .filter(i -> !values.isEmpty(cell(header, i)))
        .boxed()
        .toList();
  }

  /** The cell of a row; null where there is none, as the workbook's reader has it. */
  private static Cell cell(Row row, int position) {
    return position < row.getCellCount() ? row.getOptionalCell(position).orElse(null) : null;
  }

  private boolean isBlank(Row row) {
    return row.stream().allMatch(values::isEmpty);
  }

  private InternalRow row(Row row) {
    read++;
    if (headerDefect.isPresent()) {
      return defective(row, headerDefect.get().reason());
    }
    for (int i = 0; i < row.getCellCount(); i++) {
      if (Collections.binarySearch(named, i) < 0 && !values.isEmpty(cell(row, i))) {
        return defective(
            row,
            "cell %s holds a value, and the header has no name for its column"
                .formatted(address(i)));
      }
    }
    CsvColumns at = places.orElseThrow();
    Object[] read = rows.values();
    for (int i = 0; i < columns.length; i++) {
      if (at.positions().get(i) == CsvColumns.ABSENT) {
        continue;
      }
      int position = named.get(at.positions().get(i));
      try {
        read[i] = values.of(cell(row, position), columns[i].name(), columns[i].dataType());
      } catch (CellValues.UnfitCellException e) {
        return defective(
            row,
            "column '%s' (cell %s) %s"
                .formatted(columns[i].name(), address(position), e.getMessage()));
      }
      if (read[i] == null && !columns[i].nullable()) {
        return defective(
            row, "column '%s' is empty and declared NOT NULL".formatted(columns[i].name()));
      }
    }
    if (rows.declared().unknown() == Treatment.COLLECT) {
      read[columns.length] = rest(row, at);
    }
    return rows.keepsRecords() ? rows.row(read, rowNumber, text(row)) : rows.row(read, rowNumber);
  }

  /** The cells that aren't declared and aren't empty, as a JSON object; NULL if there is none. */
  private UTF8String rest(Row row, CsvColumns at) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < at.others().size(); i++) {
      Cell cell = cell(row, named.get(at.otherPositions().get(i)));
      if (!values.isEmpty(cell)) {
        object.put(at.others().get(i), CellValues.text(cell));
      }
    }
    return object.isEmpty() ? null : UTF8String.fromString(object.toString());
  }

  private InternalRow defective(Row row, String reason) {
    return rows.defective(rowNumber, reason, text(row));
  }

  /** The texts of the cells, with tabs between them. */
  private static String text(Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      texts.add(row.getOptionalCell(i).map(CellValues::text).orElse(""));
    }
    return String.join("\t", texts);
  }

  private static RuntimeException damaged(FileRows rows, Exception e) {
    if (e instanceof MalformedInputException malformed) {
      return malformed;
    }
    // The file system's failures are no exceptions of XML or zip, and name themselves.
    boolean ofContent =
        e instanceof RuntimeException
            || e instanceof ZipException
            || e instanceof EOFException
            || e.getCause() instanceof ZipException
            || e.getCause() instanceof XMLStreamException;
    if (ofContent) {
      return MalformedInputException.ofFile(
          rows.file(),
          "it is not an Excel workbook (.xlsx) that is whole, or of a kind that isn't supported",
          DELIVER_AGAIN);
    }
    return new FailedAccessException("read", rows.file(), (IOException) e);
  }
}
