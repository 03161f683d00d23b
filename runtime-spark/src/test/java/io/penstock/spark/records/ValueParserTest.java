package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueParserTest {

  @Test
  void readsEveryType() {
    assertThat(parse("STRING", " a ")).isEqualTo(" a ");
    assertThat(parse("BOOLEAN", "True")).isEqualTo(true);
    assertThat(parse("TINYINT", "-128")).isEqualTo((byte) -128);
    assertThat(parse("SMALLINT", "32767")).isEqualTo((short) 32767);
    assertThat(parse("INT", "+7")).isEqualTo(7);
    assertThat(parse("BIGINT", "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(parse("DECIMAL(10,2)", "-12.3")).isEqualTo(new BigDecimal("-12.30"));
    assertThat(parse("DECIMAL(4,2)", "12.3400")).isEqualTo(new BigDecimal("12.34"));
    assertThat(parse("FLOAT", "1e-3")).isEqualTo(0.001f);
    assertThat(parse("DOUBLE", "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse("DATE", "2028-02-29")).isEqualTo(LocalDate.of(2028, 2, 29));
    assertThat(parse("TIMESTAMP_NTZ", "2026-03-01T12:00:00.5"))
        .isEqualTo(LocalDateTime.of(2026, 3, 1, 12, 0, 0, 500_000_000));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e-50", "DOUBLE, 1e-400", "DOUBLE, -0.01e-400"})
  void aNumberThatIsTooSmallForItsTypeIsNoZero(String type, String text) {
    assertThatThrownBy(() -> parse(type, text)).isInstanceOf(ArithmeticException.class);
    assertThat(parse(type, "0e-400").toString()).isEqualTo("0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.000000Z",
        "2026-03-01 12:00:00",
        "2026-03-01T12:00",
        "2026-03-01T21:00:00+09:00",
        "2026-03-01T21:00:00+0900",
        "2026-03-01T21:00+09"
      })
  void readsTimestampsWithOffsetAndAsUtcWithout(String text) {
    assertThat(parse("TIMESTAMP", text)).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
  }

  /** What is written digit by digit is read without a formatter, which has to say the same. */
  @Test
  void readsTimesAsTheirFormatterDoes() {
    DateTimeFormatter form =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);
    Random random = new Random(20260301);
    for (int i = 0; i < 10_000; i++) {
      long micros =
          (long) (random.nextDouble() * 300_000_000_000_000_000L) - 60_000_000_000_000_000L;
      LocalDateTime time =
          DateTimeUtils.microsToLocalDateTime(micros - micros % (i % 2 == 0 ? 1 : 1_000_000));
      String text = form.format(time);

      assertThat(parse("TIMESTAMP_NTZ", text)).as(text).isEqualTo(time);
      assertThat(parse("TIMESTAMP", text + "Z")).as(text).isEqualTo(time.toInstant(ZoneOffset.UTC));
      assertThat(parse("DATE", text.substring(0, text.indexOf('T')))).isEqualTo(time.toLocalDate());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOLEAN|1",
        "BOOLEAN|t",
        "INT|1.0",
        "INT|2147483648",
        "INT|' 1'",
        "INT|١",
        "BIGINT|9223372036854775808",
        "TINYINT|128",
        "DECIMAL(4,2)|123.45",
        "DECIMAL(4,2)|1.234",
        "DECIMAL(4,2)|1e1",
        "DECIMAL(4,2)|1,5",
        "DECIMAL(38,0)|123456789012345678901234567890123456789",
        "DECIMAL(4,2)|1e999999999",
        "DOUBLE|1e999",
        "DOUBLE|0x1p3",
        "DOUBLE|1d",
        "DOUBLE|nan",
        "FLOAT|1e39",
        "DATE|2026-02-30",
        "DATE|2026-3-1",
        "DATE|2026-13-01",
        "DATE|2026-00-01",
        "DATE|01.03.2026",
        "DATE|2026-03-01T00:00",
        "DATE|+99999999-01-01",
        "DATE|-99999999-01-01",
        "TIMESTAMP|+300000-01-01T00:00:00Z",
        "TIMESTAMP|-300000-01-01T00:00:00Z",
        "TIMESTAMP_NTZ|+300000-01-01T00:00:00",
        "DATE|today",
        "DATE|now",
        "DATE|12:30:00",
        "TIMESTAMP|2026-03-01",
        "TIMESTAMP|2026-03-01T24:00:00Z",
        "TIMESTAMP|2026-02-30T00:00:00Z",
        "TIMESTAMP|2026-02-28T23:60:00Z",
        "TIMESTAMP|2026-02-28T23:59:60Z",
        "TIMESTAMP|2026-02-28T23:59:59.Z",
        "TIMESTAMP|2026-02-28T23:59:59ZZ",
        "TIMESTAMP|2026-02-28T23:59:59+09:00+0900",
        "TIMESTAMP|2026-03-01T12:00:00.1234567Z",
        "TIMESTAMP|2026-03-01T 12:00:00Z",
        "TIMESTAMP|2026-03-0112:00:00Z",
        "TIMESTAMP|1772366400",
        "TIMESTAMP|12:30:00",
        "TIMESTAMP|T12:30:00",
        "TIMESTAMP|12:30",
        "TIMESTAMP|today",
        "TIMESTAMP|now",
        "TIMESTAMP_NTZ|2026-03-01T12:00:00Z",
        "TIMESTAMP_NTZ|12:30:00",
        "TIMESTAMP_NTZ|today"
      })
  void refusesWhatIsNotWhollyAValueOfTheType(String type, String text) {
    assertThatThrownBy(() -> parse(type, text))
        .isInstanceOfAny(
            NumberFormatException.class, ArithmeticException.class, DateTimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BINARY", "ARRAY<INT>", "STRUCT<a: INT>", "MAP<STRING, INT>", "INTERVAL DAY"})
  void hasNoFormForOtherTypes(String type) {
    assertThat(ValueParser.of(DataType.fromDDL(type))).isEmpty();
  }

  private static Object parse(String type, String text) {
    DataType declared = DataType.fromDDL(type);
    Object value = ValueParser.of(declared).orElseThrow().parse(text);
    return switch (type) {
      case "DATE" -> LocalDate.ofEpochDay((int) value);
      case "TIMESTAMP" -> DateTimeUtils.microsToInstant((long) value);
      case "TIMESTAMP_NTZ" -> DateTimeUtils.microsToLocalDateTime((long) value);
      default -> CatalystTypeConverters.createToScalaConverter(declared).apply(value);
    };
  }
}
