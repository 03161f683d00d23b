package io.penstock.spark.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/**
 * Parses the text of one declared type. Strict: a text that isn't entirely a value of the type, or
 * would lose a digit, is rejected. Nothing is trimmed, rounded or clipped.
 */
@FunctionalInterface
interface FieldParser {

  /**
   * The value, as {@code Row} holds it.
   *
   * @throws NumberFormatException or {@link DateTimeException} or {@link ArithmeticException} if
   *     the text isn't a value of the type; their messages contain the text and must not be shown
   */
  Object parse(String text);

  /** The parser of a type; empty if the type has no text form in CSV. */
  static Optional<FieldParser> of(DataType type) {
    if (type instanceof StringType) {
      return Optional.of(text -> text);
    }
    if (type instanceof DecimalType decimal) {
      return Optional.of(text -> Texts.decimal(text, decimal));
    }
    return Optional.ofNullable(Texts.PARSERS.get(type));
  }

  /** The text forms themselves. */
  final class Texts {
    private static final Map<DataType, FieldParser> PARSERS =
        Map.ofEntries(
            Map.entry(DataTypes.BooleanType, Texts::bool),
            Map.entry(DataTypes.ByteType, text -> Byte.parseByte(integer(text))),
            Map.entry(DataTypes.ShortType, text -> Short.parseShort(integer(text))),
            Map.entry(DataTypes.IntegerType, text -> Integer.parseInt(integer(text))),
            Map.entry(DataTypes.LongType, text -> Long.parseLong(integer(text))),
            Map.entry(DataTypes.FloatType, Texts::float32),
            Map.entry(DataTypes.DoubleType, Texts::float64),
            Map.entry(DataTypes.DateType, Texts::date),
            Map.entry(DataTypes.TimestampType, Texts::timestamp),
            Map.entry(DataTypes.TimestampNTZType, Texts::localTimestamp));

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern PLAIN_DECIMAL =
        Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
    private static final Pattern FLOATING =
        Pattern.compile("NaN|[+-]?Infinity|[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final long MICROS = 1_000_000;

    /** Strict resolving rejects 30 February, which the default resolver would adjust. */
    static final DateTimeFormatter DATE =
        DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter WITH_T = dateAndTime('T');

    /** RFC 3339 allows a space for the T. */
    private static final DateTimeFormatter WITH_SPACE = dateAndTime(' ');

    private Texts() {}

    static boolean bool(String text) {
      if (text.equalsIgnoreCase("true")) {
        return true;
      }
      if (text.equalsIgnoreCase("false")) {
        return false;
      }
      throw new NumberFormatException();
    }

    /** Checked because the JDK accepts the digits of every script. */
    static String integer(String text) {
      return require(INTEGER, text);
    }

    static BigDecimal decimal(String text, DecimalType type) {
      BigDecimal value = new BigDecimal(require(PLAIN_DECIMAL, text)).setScale(type.scale());
      if (value.precision() > type.precision()) {
        throw new ArithmeticException();
      }
      return value;
    }

    static double float64(String text) {
      double value = Double.parseDouble(require(FLOATING, text));
      if (Double.isInfinite(value) && !text.endsWith("Infinity")) {
        throw new ArithmeticException();
      }
      return value;
    }

    static float float32(String text) {
      float value = Float.parseFloat(require(FLOATING, text));
      if (Float.isInfinite(value) && !text.endsWith("Infinity")) {
        throw new ArithmeticException();
      }
      return value;
    }

    static LocalDate date(String text) {
      LocalDate date = LocalDate.parse(text, DATE);
      // Spark counts days in an INT.
      Math.toIntExact(date.toEpochDay());
      return date;
    }

    static Instant timestamp(String text) {
      TemporalAccessor parsed = dateAndTime(text);
      ZoneOffset offset = parsed.query(TemporalQueries.offset());
      return requireRange(
          LocalDateTime.from(parsed).toInstant(offset == null ? ZoneOffset.UTC : offset));
    }

    /** Spark counts microseconds in a BIGINT. */
    private static Instant requireRange(Instant time) {
      Math.multiplyExact(time.getEpochSecond(), MICROS);
      return time;
    }

    static LocalDateTime localTimestamp(String text) {
      TemporalAccessor parsed = dateAndTime(text);
      if (parsed.query(TemporalQueries.offset()) != null) {
        throw new DateTimeException("TIMESTAMP_NTZ has no offset");
      }
      LocalDateTime time = LocalDateTime.from(parsed);
      requireRange(time.toInstant(ZoneOffset.UTC));
      return time;
    }

    private static TemporalAccessor dateAndTime(String text) {
      return (text.indexOf('T') >= 0 ? WITH_T : WITH_SPACE).parse(text);
    }

    /** At most six digits of a second, since Spark would drop the seventh. */
    private static DateTimeFormatter dateAndTime(char separator) {
      return new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(separator)
          .appendPattern("HH:mm[:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, true)
          .optionalEnd()
          .appendPattern("]")
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    }

    private static String require(Pattern form, String text) {
      if (!form.matcher(text).matches()) {
        throw new NumberFormatException();
      }
      return text;
    }
  }
}
