package io.penstock.spark.records;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/** The text forms of the types: ISO 8601, plain decimals, {@code true} and {@code false}. */
final class TextForms {
  private static final Map<DataType, ValueParser> PARSERS =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, new BooleanWords(List.of(), List.of())),
          Map.entry(DataTypes.ByteType, text -> Byte.parseByte(integer(text))),
          Map.entry(DataTypes.ShortType, text -> Short.parseShort(integer(text))),
          Map.entry(DataTypes.IntegerType, text -> Integer.parseInt(integer(text))),
          Map.entry(DataTypes.LongType, text -> Long.parseLong(integer(text))),
          Map.entry(DataTypes.FloatType, text -> Floats.float32(floating(text))),
          Map.entry(DataTypes.DoubleType, text -> Floats.float64(floating(text))),
          Map.entry(DataTypes.DateType, TextForms::date),
          Map.entry(DataTypes.TimestampType, new InZone(ZoneOffset.UTC)),
          Map.entry(DataTypes.TimestampNTZType, TextForms::localTimestamp));

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern PLAIN_DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final Pattern FLOATING =
      Pattern.compile("NaN|[+-]?Infinity|[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  /** Strict resolving rejects 30 February, which the default resolver would adjust. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter WITH_T = dateAndTime('T');

  /** RFC 3339 allows a space for the T. */
  private static final DateTimeFormatter WITH_SPACE = dateAndTime(' ');

  private TextForms() {}

  static Optional<ValueParser> of(DataType type) {
    if (type instanceof StringType) {
      return Optional.of(UTF8String::fromString);
    }
    if (type instanceof DecimalType decimal) {
      return Optional.of(text -> decimal(text, decimal));
    }
    return Optional.ofNullable(PARSERS.get(type));
  }

  /** Checked because the JDK accepts the digits of every script. */
  private static String integer(String text) {
    return require(INTEGER, text);
  }

  private static Decimal decimal(String text, DecimalType type) {
    return Decimals.exact(require(PLAIN_DECIMAL, text), type);
  }

  private static String floating(String text) {
    return require(FLOATING, text);
  }

  private static int date(String text) {
    IsoDigits digits = new IsoDigits(text);
    // Spark counts days in an INT.
    return Math.toIntExact(
        digits.isDate() ? digits.epochDay() : LocalDate.parse(text, DATE).toEpochDay());
  }

  /** Parses TIMESTAMP; a time without an offset is of a zone. */
  record InZone(ZoneId zone) implements ValueParser {
    @Override
    public Object parse(String text) {
      return timestamp(text, zone);
    }
  }

  private static long timestamp(String text, ZoneId zone) {
    IsoDigits digits = new IsoDigits(text);
    if (digits.isTime() && (zone.equals(ZoneOffset.UTC) || !digits.isLocalTime())) {
      return digits.micros();
    }
    TemporalAccessor parsed = dateAndTime(text);
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    LocalDateTime time = LocalDateTime.from(parsed);
    return offset == null ? LocalTimes.micros(time, zone) : LocalTimes.micros(time, offset);
  }

  private static long localTimestamp(String text) {
    IsoDigits digits = new IsoDigits(text);
    if (digits.isLocalTime()) {
      return digits.micros();
    }
    TemporalAccessor parsed = dateAndTime(text);
    if (parsed.query(TemporalQueries.offset()) != null) {
      throw new DateTimeException("TIMESTAMP_NTZ has no offset");
    }
    return LocalTimes.micros(LocalDateTime.from(parsed), ZoneOffset.UTC);
  }

  private static TemporalAccessor dateAndTime(String text) {
    boolean withT = text.indexOf('T') >= 0;
    String time = text.substring(text.indexOf(withT ? 'T' : ' ') + 1);
    // The formatter takes each form of an offset, one behind the other.
    if (time.chars().filter(c -> c == 'Z' || c == '+' || c == '-').count() > 1) {
      throw new DateTimeException("More than one offset");
    }
    return (withT ? WITH_T : WITH_SPACE).parse(text);
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
