package io.penstock.spark.excel;

import io.penstock.spark.excel.SheetCell.Kind;
import io.penstock.spark.records.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * The rows of a sheet, read one after the other. What the standard doesn't know, or says twice, is
 * never taken for an empty cell.
 */
final class SheetRows implements Closeable {
  private static final Pattern ADDRESS = Pattern.compile("([A-Z]{1,3})([1-9][0-9]{0,6})");
  private static final Pattern AREA = Pattern.compile("([A-Z0-9]+)(?::([A-Z0-9]+))?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Set<String> TRUTHS = Set.of("0", "1");
  private static final int MOST_ROWS = 1 << 20;
  private static final int MOST_COLUMNS = 1 << 14;
  private static final int LETTERS = 26;

  /** Spreadsheets write 17 digits, with an exponent, and other programs may write all of them. */
  private static final int LONGEST_NUMBER = 400;

  /** That of cells that name none. */
  private static final String FIRST_FORMAT = "0";

  private static final String NOT_READABLE = "holds something that can't be read";
  private static final String NOT_COMPUTED =
      "holds a formula that the workbook says is still to be computed: open and save it in a"
          + " spreadsheet";

  private final WorkbookXml xml;
  private final OpenWorkbook workbook;
  private final String sheet;

  /** Where formulas stand that fill more cells than their own. */
  private final List<Area> computedAreas = new ArrayList<>();

  private boolean ended;
  private int row;

  /** A part of a sheet, its last row and column included. */
  private record Area(int top, int left, int bottom, int right) {
    boolean holds(int row, int column) {
      return row >= top && row <= bottom && column >= left && column <= right;
    }
  }

  /** Takes something of the sheet's XML. */
  private interface Parsing<T> {
    T parse() throws XMLStreamException;
  }

  /** What stands in a cell. */
  private static final class Content {
    private Optional<String> value = Optional.empty();
    private Optional<String> inline = Optional.empty();
    private boolean isFormula;
    private boolean isOdd;
  }

  private SheetRows(InputStream content, OpenWorkbook workbook, String sheet)
      throws XMLStreamException {
    this.xml = WorkbookXml.of(content, "worksheet", RecordFormat.LONGEST_RECORD);
    this.workbook = workbook;
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
    List<SheetCell> cells = new ArrayList<>();
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
      while (cells.size() <= column) {
        cells.add(SheetCell.NONE);
      }
      if (seen.length <= column) {
        seen = Arrays.copyOf(seen, 2 * column + 16);
      }
      if (seen[column]) {
        throw odd("has the cell %s twice".formatted(SheetRow.address(column, row)));
      }
      seen[column] = true;
      SheetCell cell = cell(column);
      length += cell.text().length();
      if (length > RecordFormat.LONGEST_RECORD) {
        throw odd("holds more than 16 MiB in the row " + row);
      }
      cells.set(column, cell);
    }
    return cells;
  }

  private int column(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) != row) {
      throw odd("has a cell that says it stands elsewhere, in the row " + row);
    }
    return column(parts);
  }

  private static int column(Matcher address) {
    int column = 0;
    for (char letter : address.group(1).toCharArray()) {
      column = column * LETTERS + letter - 'A' + 1;
    }
    return column - 1;
  }

  private SheetCell cell(int column) throws XMLStreamException {
    String type = xml.attribute("t").orElse("n");
    Optional<String> style = xml.attribute("s");
    Content content = content();
    boolean computed =
        content.isFormula || computedAreas.stream().anyMatch(area -> area.holds(row, column));
    if (computed && workbook.isToBeComputed()) {
      return SheetCell.unreadable(NOT_COMPUTED);
    }
    boolean inline = type.equals("inlineStr");
    if (content.isOdd || (inline ? content.value : content.inline).isPresent()) {
      return SheetCell.unreadable(NOT_READABLE);
    }
    Optional<String> value = inline ? content.inline : content.value;
    if (value.isEmpty()) {
      return SheetCell.of(Kind.NOTHING, "", content.isFormula);
    }
    return cell(type, style, value.get(), content.isFormula);
  }

  private SheetCell cell(String type, Optional<String> style, String value, boolean isFormula)
      throws XMLStreamException {
    return switch (type) {
      case "n" -> number(value.strip(), style, isFormula);
      case "s" -> shared(value.strip(), isFormula);
      case "str", "inlineStr" -> SheetCell.of(Kind.TEXT, CellValues.unescaped(value), isFormula);
      case "b" ->
          TRUTHS.contains(value.strip())
              ? SheetCell.of(Kind.TRUTH, value.strip(), isFormula)
              : SheetCell.unreadable(NOT_READABLE);
      case "d" -> SheetCell.of(Kind.TIME, value.strip(), isFormula);
      case "e" -> SheetCell.of(Kind.ERROR, value, isFormula);
      default -> SheetCell.unreadable(NOT_READABLE);
    };
  }

  private SheetCell number(String text, Optional<String> style, boolean isFormula) {
    if (text.isEmpty()) {
      return SheetCell.of(Kind.NOTHING, "", isFormula);
    }
    boolean isNumber =
        text.length() <= LONGEST_NUMBER
            && NUMBER.matcher(text).matches()
            && !Double.isInfinite(Double.parseDouble(text));
    if (!isNumber) {
      return SheetCell.unreadable(NOT_READABLE);
    }
    return workbook
        .formats()
        .at(style.orElse(FIRST_FORMAT))
        .map(found -> new SheetCell(Kind.NUMBER, text, isFormula, found, ""))
        .orElseGet(() -> SheetCell.unreadable("has a format that the workbook lacks"));
  }

  private SheetCell shared(String position, boolean isFormula) throws XMLStreamException {
    Optional<String> text =
        WHOLE.matcher(position).matches()
            ? workbook.texts().at(Integer.parseInt(position))
            : Optional.empty();
    return text.map(found -> SheetCell.of(Kind.TEXT, CellValues.unescaped(found), isFormula))
        .orElseGet(() -> SheetCell.unreadable("holds a text that the workbook lacks"));
  }

  private Content content() throws XMLStreamException {
    Content content = new Content();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "v" -> {
          content.isOdd |= content.value.isPresent();
          StringBuilder value = new StringBuilder();
          xml.text(value, RecordFormat.LONGEST_RECORD);
          content.value = Optional.of(value.toString());
        }
        case "is" -> {
          content.isOdd |= content.inline.isPresent();
          content.inline = Optional.of(SharedTexts.richText(xml));
        }
        case "f" -> {
          content.isFormula = true;
          if (workbook.isToBeComputed()) {
            xml.attribute("ref").flatMap(SheetRows::area).ifPresent(computedAreas::add);
          }
          xml.skip();
        }
        case "extLst" -> xml.skip();
        default -> {
          content.isOdd = true;
          xml.skip();
        }
      }
    }
    return content;
  }

  private static Optional<Area> area(String text) {
    Matcher corners = AREA.matcher(text);
    if (!corners.matches()) {
      return Optional.empty();
    }
    Matcher first = ADDRESS.matcher(corners.group(1));
    Matcher last = ADDRESS.matcher(Optional.ofNullable(corners.group(2)).orElse(corners.group(1)));
    return first.matches() && last.matches()
        ? Optional.of(
            new Area(
                Integer.parseInt(first.group(2)),
                column(first),
                Integer.parseInt(last.group(2)),
                column(last)))
        : Optional.empty();
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
