package io.penstock.spark.excel;

import io.penstock.spark.records.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * The rows of a sheet, read one after the other. What the standard doesn't know, or says twice, is
 * never taken for an empty cell.
 */
final class SheetRows implements Closeable {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final int MOST_ROWS = 1 << 20;
  private static final int MOST_COLUMNS = 1 << 14;

  private final WorkbookXml xml;
  private final SheetCells cells;
  private final String sheet;

  private boolean ended;
  private int row;

  /** Takes something of the sheet's XML. */
  private interface Parsing<T> {
    T parse() throws XMLStreamException;
  }

  private SheetRows(InputStream content, OpenWorkbook workbook, String sheet)
      throws XMLStreamException {
    this.xml = WorkbookXml.of(content, "worksheet", RecordFormat.LONGEST_RECORD);
    this.cells = new SheetCells(xml, workbook);
    this.sheet = sheet;
    this.ended = !xml.nextChild("sheetData");
  }

  /**
   * The rows of a sheet.
   *
   * @param sheet its name
   * @throws UnreadableWorkbookException if it can't be read
   */
  static SheetRows of(InputStream content, OpenWorkbook workbook, String sheet) {
    return parsed(() -> new SheetRows(content, workbook, sheet));
  }

  /**
   * The next row that the file holds; empty behind the last.
   *
   * @throws UnreadableWorkbookException if it can't be read
   */
  Optional<SheetRow> next() {
    return parsed(this::read);
  }

  private static <T> T parsed(Parsing<T> parsing) {
    try {
      return parsing.parse();
    } catch (UnreadableWorkbookException e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      // The parser throws other exceptions, too.
      throw UnreadableWorkbookException.damaged();
    }
  }

  private Optional<SheetRow> read() throws XMLStreamException {
    if (ended) {
      return Optional.empty();
    }
    if (!xml.nextChild()) {
      ended = true;
      if (xml.nextChild("sheetData")) {
        throw odd("has its rows twice");
      }
      return Optional.empty();
    }
    if (!xml.name().equals("row")) {
      throw odd("holds something else than rows");
    }
    int number = xml.attribute("r").map(this::rowNumber).orElse(row + 1);
    if (number <= row) {
      throw odd("has the row %s behind the row %s".formatted(number, row));
    }
    if (number > MOST_ROWS) {
      throw odd("has more rows than a sheet can have");
    }
    row = number;
    return Optional.of(new SheetRow(number, cells()));
  }

  private int rowNumber(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw odd("has a row without a number");
    }
    return Integer.parseInt(text);
  }

  private List<SheetCell> cells() throws XMLStreamException {
    List<SheetCell> read = new ArrayList<>();
    boolean[] seen = new boolean[0];
    int column = -1;
    long length = 0;
    while (xml.nextChild()) {
      if (xml.name().equals("extLst")) {
        xml.skip();
        continue;
      }
      if (!xml.name().equals("c")) {
        throw odd("holds something else than cells in the row " + row);
      }
      Optional<String> address = xml.attribute("r");
      column = address.isPresent() ? column(address.get()) : column + 1;
      if (column >= MOST_COLUMNS) {
        throw odd("has more columns than a sheet can have, in the row " + row);
      }
      while (read.size() <= column) {
        read.add(SheetCell.NONE);
      }
      if (seen.length <= column) {
        seen = Arrays.copyOf(seen, 2 * column + 16);
      }
      if (seen[column]) {
        throw odd("has the cell %s twice".formatted(new CellAddress(row, column).text()));
      }
      seen[column] = true;
      SheetCell cell = cells.read(row, column);
      length += cell.text().length();
      if (length > RecordFormat.LONGEST_RECORD) {
        throw odd("holds more than 16 MiB in the row " + row);
      }
      read.set(column, cell);
    }
    return read;
  }

  private int column(String text) {
    return CellAddress.of(text)
        .filter(address -> address.row() == row)
        .map(CellAddress::column)
        .orElseThrow(() -> odd("has a cell that says it stands elsewhere, in the row " + row));
  }

  /** The file is damaged in a way that a spreadsheet would mend by guessing. */
  private UnreadableWorkbookException odd(String what) {
    return UnreadableWorkbookException.saveAgain("the sheet '%s' %s".formatted(sheet, what));
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}
