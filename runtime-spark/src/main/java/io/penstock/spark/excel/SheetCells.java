package io.penstock.spark.excel;

import io.penstock.spark.excel.SheetCell.Kind;
import io.penstock.spark.records.RecordFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** Reads the cells of a sheet: what the file says of each, before a column's type is asked for. */
final class SheetCells {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");
  private static final Set<String> FILLING = Set.of("array", "dataTable");
  private static final Set<String> TRUTHS = Set.of("0", "1");

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

  /** Where formulas stand that fill more cells than their own. */
  private final List<CellArea> computedAreas = new ArrayList<>();

  /** What stands in a cell. */
  private static final class Content {
    private Optional<String> value = Optional.empty();
    private Optional<String> inline = Optional.empty();
    private boolean isFormula;
    private boolean isOdd;
  }

  SheetCells(WorkbookXml xml, OpenWorkbook workbook) {
    this.xml = xml;
    this.workbook = workbook;
  }

  /**
   * The cell that the parser stands at, and passes.
   *
   * @param row from 1
   * @param column from 0
   */
  SheetCell read(int row, int column) throws XMLStreamException {
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
      case "d" -> formatted(Kind.TIME, value.strip(), style, isFormula);
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
    return formatted(Kind.NUMBER, text, style, isFormula);
  }

  private SheetCell formatted(Kind kind, String text, Optional<String> style, boolean isFormula) {
    return workbook
        .formats()
        .at(style.orElse(FIRST_FORMAT))
        .map(found -> new SheetCell(kind, text, isFormula, found, ""))
        .orElseGet(() -> SheetCell.unreadable("has a format that the workbook lacks"));
  }

  private SheetCell shared(String position, boolean isFormula) throws XMLStreamException {
    Optional<String> text =
        POSITION.matcher(position).matches()
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
          // Of a shared formula each cell says so itself.
          boolean fillsCells = FILLING.contains(xml.attribute("t").orElse(""));
          if (fillsCells && workbook.isToBeComputed()) {
            xml.attribute("ref").flatMap(CellArea::of).ifPresent(computedAreas::add);
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
}
