package io.penstock.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.testing.HostileText;
import io.penstock.spark.testing.SparkTestSession;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("spark")
final class SqlLiteralsTest {
  private static final DataType MONEY = DataTypes.createDecimalType(12, 4);

  static List<Arguments> literals() {
    return List.of(
        Arguments.of(DataTypes.StringType, "it's", "'it\\'s'"),
        Arguments.of(DataTypes.BooleanType, false, "FALSE"),
        Arguments.of(DataTypes.IntegerType, -7, "-7"),
        Arguments.of(DataTypes.IntegerType, Integer.MIN_VALUE, "-2147483648"),
        Arguments.of(DataTypes.LongType, 7L, "7L"),
        Arguments.of(DataTypes.LongType, Long.MIN_VALUE, "-9223372036854775808L"),
        Arguments.of(MONEY, new BigDecimal("-0.0010"), "-0.0010BD"),
        Arguments.of(MONEY, new BigDecimal("1E+3"), "1000BD"),
        Arguments.of(DataTypes.DoubleType, 1e300, "1.0E300D"),
        Arguments.of(DataTypes.DoubleType, -0.0, "-0.0D"),
        Arguments.of(DataTypes.DoubleType, Double.NaN, "CAST('NaN' AS DOUBLE)"),
        Arguments.of(DataTypes.DoubleType, Double.NEGATIVE_INFINITY, "CAST('-Infinity' AS DOUBLE)"),
        Arguments.of(DataTypes.DateType, LocalDate.of(2026, 3, 1), "DATE '2026-03-01'"),
        Arguments.of(DataTypes.DateType, LocalDate.of(1, 1, 1), "DATE '0001-01-01'"),
        Arguments.of(
            DataTypes.TimestampType,
            Instant.parse("2026-03-01T10:00:00.000001Z"),
            "TIMESTAMP_LTZ '2026-03-01 10:00:00.000001Z'"),
        Arguments.of(
            DataTypes.TimestampType,
            Instant.parse("1883-11-18T12:00:00Z"),
            "TIMESTAMP_LTZ '1883-11-18 12:00:00.000000Z'"));
  }

  @ParameterizedTest
  @MethodSource("literals")
  void sparkReadsALiteralAsItsValue(DataType type, Object value, String text) {
    assertThat(SqlLiterals.render(type, value)).isEqualTo(text);
    Object read = valueOf(text);
    if (value instanceof BigDecimal decimal) {
      assertThat((BigDecimal) read).isEqualByComparingTo(decimal);
    } else {
      assertThat(read).isEqualTo(value);
    }
  }

  @Test
  void aTimestampMeansTheSameInEverySessionZone() {
    SparkSession seoul = SparkTestSession.spark().newSession();
    seoul.conf().set("spark.sql.session.timeZone", "Asia/Seoul");
    seoul.conf().set("spark.sql.datetime.java8API.enabled", "true");
    seoul.conf().set("spark.sql.timestampType", "TIMESTAMP_NTZ");
    Instant instant = Instant.parse("2026-03-01T10:00:00Z");
    String text = SqlLiterals.render(DataTypes.TimestampType, instant);
    assertThat(seoul.sql("SELECT " + text).first().get(0)).isEqualTo(instant);
  }

  @Test
  void tenThousandHostileStringsAreReadBackUnchanged() {
    CatalystSqlParser parser = new CatalystSqlParser();
    assertThat(HostileText.texts(10_000))
        .allSatisfy(
            text ->
                assertThat(parser.parseExpression(SqlLiterals.string(text)))
                    .isEqualTo(Literal.create(text, DataTypes.StringType)));
  }

  @Test
  void hostileStringsKeepTheirMeaningInAStatement() {
    List<String> texts = HostileText.texts(300);
    Row row =
        SparkTestSession.spark()
            .sql(
                texts.stream()
                    .map(SqlLiterals::string)
                    .collect(Collectors.joining(", ", "SELECT ", "")))
            .first();
    assertThat(IntStream.range(0, texts.size()).mapToObj(row::getString).toList()).isEqualTo(texts);
  }

  @Test
  void hostileNamesKeepTheirMeaningInAStatement() {
    List<String> names =
        HostileText.texts(400).stream().distinct().filter(name -> !name.contains("${")).toList();
    String[] columns =
        SparkTestSession.spark()
            .sql(
                names.stream()
                    .map(name -> "1 AS " + SqlLiterals.identifier(name))
                    .collect(Collectors.joining(", ", "SELECT ", "")))
            .columns();
    assertThat(columns).containsExactlyElementsOf(names);
  }

  @Test
  void aValueThatCannotBeRenderedExactlyIsRefused() {
    assertRefused(DataTypes.StringType, null, "no value");
    assertRefused(DataTypes.StringType, 1, "java.lang.Integer");
    assertRefused(DataTypes.StringType, "\ud83d", "surrogate");
    assertRefused(DataTypes.createDecimalType(3, 1), new BigDecimal("0.25"), "more digits");
    assertRefused(DataTypes.createDecimalType(3, 1), new BigDecimal("100"), "more digits");
    assertRefused(DataTypes.DateType, LocalDate.of(10000, 1, 1), "1 to 9999");
    assertRefused(DataTypes.TimestampType, Instant.MAX, "1 to 9999");
    assertRefused(DataTypes.TimestampType, Instant.ofEpochSecond(0, 1), "microsecond");
    assertRefused(DataTypes.BinaryType, new byte[0], "only STRING");
    assertThatThrownBy(() -> SqlLiterals.identifier("${x}")).hasMessageContaining("Rename");
    assertThatThrownBy(() -> SqlLiterals.identifier("")).hasMessageContaining("empty");
  }

  private static void assertRefused(DataType type, Object value, String why) {
    assertThatThrownBy(() -> SqlLiterals.render(type, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static Object valueOf(String text) {
    SparkSession spark = SparkTestSession.spark().newSession();
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    return spark.sql("SELECT " + text).first().get(0);
  }
}
