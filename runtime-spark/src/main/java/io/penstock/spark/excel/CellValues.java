package io.penstock.spark.excel;

import io.penstock.spark.excel.SheetCell.Kind;
import io.penstock.spark.records.Decimals;
import io.penstock.spark.records.LocalTimes;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.text.ExceptionText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes values of columns of the cells of a workbook. */
final class CellValues {
  /** Spreadsheets compute with binary numbers, and keep so many of their decimal digits. */
  private static final MathContext KEPT_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  /** How far computing takes a binary number from the decimal one that is meant. */
  private static final int MOST_STEPS = 4;

  private static final BigDecimal LEAST_TOO_LONG = BigDecimal.ONE.scaleByPowerOfTen(15);

  /** Characters that XML can't hold, and the way in which a workbook writes them. */
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** Errors, of which some programs make a text. */
  private static final Set<String> ERRORS =
      Set.of(
          "#NULL!",
          "#DIV/0!",
          "#VALUE!",
          "#REF!",
          "#NAME?",
          "#NUM!",
          "#N/A",
          "#GETTING_DATA",
          "#SPILL!",
          "#CALC!",
          "#FIELD!",
          "#BLOCKED!",
          "#CONNECT!",
          "#BUSY!",
          "#UNKNOWN!",
          "#EXTERNAL!",
          "#PYTHON!");

  private static final String HALF_CHARACTER = "holds half of a character";
  private static final String NO_RESULT = "holds a formula without a result";

  private final ValueParsers parsers;
  private final ZoneId zone;
  private final SheetCalendar calendar;

  /**
   * @param zone of the times
   */
  CellValues(ValueParsers parsers, ZoneId zone, SheetCalendar calendar) {
    this.parsers = parsers;
    this.zone = zone;
    this.calendar = calendar;
  }

  /** A cell that holds no value of its column. */
  static final class UnfitCellException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason to be put after the column, without the value
     */
    UnfitCellException(String reason) {
      super(reason, null, false, false);
    }
  }

  /** Whether a cell holds nothing. */
  boolean isEmpty(SheetCell cell) {
    return switch (cell.kind()) {
      case NOTHING -> !cell.isFormula();
      case TEXT -> cell.text().isEmpty() && (!cell.isFormula() || parsers.isNull(""));
      default -> false;
    };
  }

  /** The value of a cell in a column of a type; NULL where it is empty. */
  Object of(SheetCell cell, String column, DataType type) {
    if (isEmpty(cell)) {
      return null;
    }
    if (cell.kind() == Kind.UNREADABLE) {
      throw new UnfitCellException(cell.problem());
    }
    if (cell.kind() == Kind.NOTHING) {
      throw new UnfitCellException(NO_RESULT);
    }
    String text = text(cell);
    if (parsers.isNull(text) || isNullNumber(cell)) {
      return null;
    }
    if (isError(cell)) {
      throw new UnfitCellException("holds an error");
    }
    if (text.isEmpty()) {
      throw new UnfitCellException(NO_RESULT + ", which nullWords(\"\") takes for an empty text");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new UnfitCellException(HALF_CHARACTER);
    }
    try {
      return switch (cell.kind()) {
        case NUMBER -> ofNumber(new BigDecimal(text), cell.format(), column, type);
        case TIME -> ofTime(writtenTime(text, cell.format()), type);
        case TRUTH -> ofTruth(text, type);
        default ->
            type instanceof StringType
                ? UTF8String.fromString(text)
                : parsers.of(column, type).orElseThrow().parse(text);
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new UnfitCellException("is not " + ExceptionText.withArticle(type.sql()));
    }
  }

  /** Words for NULL are numbers as they are meant, and workbooks write -99.990000000000009. */
  private boolean isNullNumber(SheetCell cell) {
    return cell.kind() == Kind.NUMBER
        && cell.format() == NumberFormat.NUMBER
        && parsers.isNull(shown(new BigDecimal(cell.text())).toPlainString());
  }

  private static BigDecimal shown(BigDecimal number) {
    return number.round(KEPT_DIGITS).stripTrailingZeros();
  }

  private static Object ofTruth(String truth, DataType type) {
    if (type instanceof BooleanType) {
      return Boolean.valueOf(truth);
    }
    if (type instanceof StringType) {
      return UTF8String.fromString(truth);
    }
    throw new UnfitCellException("is TRUE or FALSE, and declared " + type.sql());
  }

  private Object ofTime(LocalDateTime time, DataType type) {
    if (type instanceof DateType) {
      return day(time);
    }
    if (isTime(type)) {
      return LocalTimes.micros(time, type instanceof TimestampType ? zone : ZoneOffset.UTC);
    }
    throw new UnfitCellException("is a date or a time, and declared " + type.sql());
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  private Object ofNumber(BigDecimal number, NumberFormat format, String column, DataType type) {
    switch (format) {
      case TIME -> {
        if (!(type instanceof DateType) && !isTime(type)) {
          throw new UnfitCellException("is a date or a time, and declared " + type.sql());
        }
        return ofTime(calendar.time(number), type);
      }
      case DURATION ->
          throw new UnfitCellException("is a length of time, and declared " + type.sql());
      case EITHER -> throw new UnfitCellException("has a format of numbers and of dates at once");
      case UNKNOWN -> throw new UnfitCellException("has a format that the workbook lacks");
      case NUMBER -> {}
    }
    if (isTime(type) && parsers.takesNumbers(column, type)) {
      return parsers.of(column, type).orElseThrow().parse(plain(number));
    }
    if (type instanceof StringType) {
      return UTF8String.fromString(plain(number));
    }
    if (!(type instanceof NumericType)) {
      throw new UnfitCellException("is a number, and declared " + type.sql());
    }
    if (type instanceof DecimalType decimal) {
      return Decimals.exact(plain(number), decimal);
    }
    ValueParser strict = ValueParser.of(type).orElseThrow();
    return type instanceof DoubleType || type instanceof FloatType
        ? strict.parse(number.toString())
        : strict.parse(plain(number));
  }

  /** The number as the sheet shows it, unless it has more digits than a spreadsheet keeps. */
  private static String plain(BigDecimal number) {
    BigDecimal shown = shown(number);
    // 0.1 + 0.2 is next to 0.3, and 12345678901234.56 is far from 12345678901234.6.
    double inexactness = Math.abs(number.doubleValue() - shown.doubleValue());
    if (number.abs().compareTo(LEAST_TOO_LONG) >= 0
        || inexactness > MOST_STEPS * Math.ulp(number.doubleValue())) {
      throw new UnfitCellException(
          "is a number of more than 15 digits, of which a spreadsheet keeps 15: the cell has to be"
              + " a text");
    }
    return shown.signum() == 0 ? "0" : shown.toPlainString();
  }

  private static int day(LocalDateTime time) {
    if (!time.toLocalDate().atStartOfDay().equals(time)) {
      throw new UnfitCellException("is a time that is not midnight, and declared DATE");
    }
    return Math.toIntExact(time.toLocalDate().toEpochDay());
  }

  private LocalDateTime writtenTime(String text, NumberFormat format) {
    if (format == NumberFormat.DURATION || format == NumberFormat.EITHER) {
      throw new UnfitCellException("is a length of time, or may be one");
    }
    return calendar.time(text);
  }

  private static boolean isError(SheetCell cell) {
    return cell.kind() == Kind.ERROR
        || (cell.kind() == Kind.TEXT && cell.isFormula() && ERRORS.contains(cell.text()));
  }

  /** What a cell holds, as text; empty where there is none. */
  static String text(SheetCell cell) {
    return cell.kind() == Kind.TRUTH ? String.valueOf("1".equals(cell.text())) : cell.text();
  }

  /**
   * The same for a cell that has to be readable.
   *
   * @param place where it stands
   */
  static String text(SheetCell cell, String place) {
    if (cell.kind() == Kind.UNREADABLE) {
      throw new UnfitCellException(place + " " + cell.problem());
    }
    if (cell.kind() == Kind.NOTHING && cell.isFormula()) {
      throw new UnfitCellException(place + " " + NO_RESULT);
    }
    String text = text(cell);
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new UnfitCellException(place + " " + HALF_CHARACTER);
    }
    return text;
  }

  /** A text without the escapes that stand for characters which XML can't hold. */
  static String unescaped(String text) {
    return text.contains("_x")
        ? ESCAPED
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(found.group(1), 16))))
        : text;
  }
}
