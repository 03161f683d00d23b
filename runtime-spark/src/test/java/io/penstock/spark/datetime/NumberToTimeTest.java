package io.penstock.spark.datetime;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number becomes the time that it stands for, or is refused: it never wraps around. */
@Tag("spark")
final class NumberToTimeTest {
  private static final long SECONDS = 9_223_372_036_854L;

  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  /** How far a DOUBLE of 19 digits may be from the number that it stands for. */
  private static final BigInteger DIGITS_OF_DOUBLE = BigInteger.valueOf(1024);

  private static final String MODE = "spark.sql.codegen.factoryMode";

  private static final List<Long> SECONDS_GIVEN =
      List.of(
          0L,
          -1L,
          1_772_323_200L,
          1_772_323_200_000L,
          1_772_323_200_000_000L,
          SECONDS,
          SECONDS + 1,
          -SECONDS,
          -SECONDS - 1,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  /** Around the bounds, for expressions that lead to the same conversion. */
  private static final List<Long> BOUNDS = List.of(1_772_323_200L, SECONDS, SECONDS + 1, -SECONDS);

  private static final List<Integer> DAYS =
      List.of(
          0,
          1,
          -366,
          1_000_000_000,
          1_000_000_001,
          -1_000_000_000,
          -1_000_000_001,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE);

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/seconds", "SELECT * FROM VALUES " + values(SECONDS_GIVEN, "BIGINT") + " AS v (n)");
    lake.table("raw/days", "SELECT * FROM VALUES " + values(DAYS, "INT") + " AS v (n)");
  }

  private static String values(List<? extends Number> numbers, String type) {
    return numbers.stream()
        .map(number -> "(CAST('" + number + "' AS " + type + "))")
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unix_micros(CAST(n AS TIMESTAMP))",
        "unix_micros(CAST(array(0L, n) AS ARRAY<TIMESTAMP>)[1])",
        "unix_micros(CAST(named_struct('a', named_struct('b', n)) AS STRUCT<a: STRUCT<b:"
            + " TIMESTAMP>>).a.b)",
        "unix_micros(CAST(named_struct('a', '2026-03-01', 'b', n) AS STRUCT<a: TIMESTAMP, b:"
            + " TIMESTAMP>).b)",
        "unix_micros(element_at(CAST(map('k', n) AS MAP<STRING, TIMESTAMP>), 'k'))",
        "unix_micros(coalesce(CAST(NULL AS TIMESTAMP), CAST(n AS TIMESTAMP)))",
        "unix_micros(CAST(CAST(n AS DECIMAL(20,0)) AS TIMESTAMP))",
        "unix_micros(CAST(CAST(n AS DOUBLE) AS TIMESTAMP))",
        "unix_micros(timestamp_seconds(n))",
        "unix_micros(timestamp_seconds(CAST(n AS DOUBLE)))",
        "unix_micros(timestamp_seconds(CAST(n AS DECIMAL(20,0))))",
      })
  void secondsBecomeTheirTimeOrAreRefused(String expression) {
    boolean plain = expression.matches("unix_micros\\((CAST\\(n AS|timestamp_seconds\\(n).*");
    for (long seconds : plain ? SECONDS_GIVEN : BOUNDS) {
      computed("raw/seconds", expression, seconds)
          .ifPresent(
              micros ->
                  assertThat(new BigInteger(micros))
                      .as("%s of %s", expression, seconds)
                      .isCloseTo(
                          BigInteger.valueOf(seconds).multiply(MICROS),
                          Offset.offset(
                              expression.contains("DOUBLE") ? DIGITS_OF_DOUBLE : BigInteger.ZERO)));
    }
    assertThat(computed("raw/seconds", expression, 1_772_323_200_000L)).isPresent();
    assertThat(computed("raw/seconds", expression, 1_772_323_200_000_000L)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix_date(date_add(DATE'1970-01-01', n)) | 1",
        "unix_date(DATE'1970-01-01' + n) | 1",
        "unix_date(date_sub(DATE'1970-01-01', n)) | -1",
        "unix_date(DATE'1970-01-01' - n) | -1",
      })
  void daysAreAddedExactlyOrRefused(String expression, long sign) {
    for (long days : DAYS) {
      computed("raw/days", expression, days)
          .ifPresent(moved -> assertThat(Long.parseLong(moved)).isEqualTo(sign * days));
    }
    assertThat(computed("raw/days", expression, 1_000_000_000)).isPresent();
    assertThat(computed("raw/days", expression, Integer.MAX_VALUE)).isEmpty();
  }

  /** Each expression adds two or three times the number of days to a date. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix_date(date_add(date_add(date_add(DATE'1970-01-01', n), n), n)) | 3",
        "unix_date(date_sub(date_sub(DATE'1970-01-01', n), n)) | -2",
        "datediff(DATE'1970-01-01' + n, DATE'1970-01-01' - n) | 2",
      })
  void daysAreAddedToComputedDatesExactlyOrRefused(String expression, long times) {
    for (long days : List.of(1_000_000_000, -1_000_000_000)) {
      computed("raw/days", expression, days)
          .ifPresent(moved -> assertThat(Long.parseLong(moved)).isEqualTo(times * days));
    }
    assertThat(computed("raw/days", expression, -366)).contains(Long.toString(times * -366));
  }

  @Test
  void theLastDateIsNotFollowedByTheFirst() {
    assertThat(computed("raw/days", "date_add(CAST('+5881580-07-11' AS DATE), n)", 1)).isEmpty();
    assertThat(computed("raw/days", "date_sub(CAST('-5877641-06-23' AS DATE), n)", 1)).isEmpty();
  }

  @Test
  void aFrameOfDaysEndsWhereDatesDo() {
    Rows dates =
        read(delta("raw/days"))
            .where("n < 3 AND n > -400")
            .select("DATE'1970-01-01' + n AS d", "n");
    String frame = "sum(n) OVER (ORDER BY d RANGE BETWEEN CURRENT ROW AND %s FOLLOWING)";

    assertThat(lake.problem(dates.with("x", frame.formatted("2147483647"))).code())
        .isEqualTo("UNSUPPORTED_STEP");
    Rows sums = dates.with("x", frame.formatted("400")).select("n", "x").orderBy("n");
    assertThat(lake.engine().view(sums, Optional.empty()).first(9).rows())
        .hasToString(
            "[[Optional[-366], Optional[-365]], [Optional[0], Optional[1]], [Optional[1],"
                + " Optional[1]]]");
  }

  @Test
  void secondsThatAreFormattedAreRefusedToo() {
    assertThat(computed("raw/seconds", "from_unixtime(n)", 1_772_323_200L))
        .contains("2026-03-01 00:00:00");
    assertThat(computed("raw/seconds", "from_unixtime(n)", Long.MAX_VALUE)).isEmpty();
  }

  /** The value, or nothing when it is refused; computed by interpretation and by generated code. */
  private static Optional<String> computed(String table, String expression, long number) {
    String before = lake.spark().conf().get(MODE);
    try {
      lake.spark().conf().set(MODE, "NO_CODEGEN");
      Optional<String> interpreted = value(table, expression, number);
      lake.spark().conf().set(MODE, "CODEGEN_ONLY");
      assertThat(value(table, expression, number)).isEqualTo(interpreted);
      return interpreted;
    } finally {
      lake.spark().conf().set(MODE, before);
    }
  }

  private static Optional<String> value(String table, String expression, long number) {
    Rows rows = read(delta(table)).where("n = " + number + "L").select(expression + " AS x");
    try {
      return lake.engine().view(rows, Optional.empty()).first(1).rows().get(0).get(0);
    } catch (RunFailedException e) {
      assertThat(e.failure().kind()).as(e.failure().message()).isEqualTo(FailureKind.DATA);
      return Optional.empty();
    }
  }

  @Test
  void theMessageNamesNumberAndLine() {
    RunReport report =
        lake.run(
            read(delta("raw/seconds"))
                .where("n = 1772323200000000")
                .select("CAST(n AS TIMESTAMP) AS at")
                .to(delta("mart/out").overwrite()));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("TIME_OUT_OF_RANGE");
    assertThat(failure.message())
        .startsWith("Cannot compute CAST(")
        .contains("AS TIMESTAMP) with 1772323200000000 at select (NumberToTimeTest.java:");
  }

  @Test
  void theMessageOnDaysDoesNotSpeakOfSeconds() {
    RunReport report =
        lake.run(
            read(delta("raw/days"))
                .where("n = 2147483647")
                .select("date_add(DATE'1970-01-01', n) AS at")
                .to(delta("mart/out").overwrite()));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("TIME_OUT_OF_RANGE");
    assertThat(failure.message()).contains("with 2147483647 at select (NumberToTimeTest.java:");
    assertThat(failure.fix()).doesNotContain("seconds");
  }
}
