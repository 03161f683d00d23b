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
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final List<Long> SECONDS_INSIDE =
      List.of(0L, -1L, 1_772_323_200L, 1_772_323_200_000L, SECONDS, -SECONDS);

  /** Their microseconds are more than a BIGINT holds. */
  private static final List<Long> SECONDS_OUTSIDE =
      List.of(1_772_323_200_000_000L, SECONDS + 1, -SECONDS - 1, Long.MAX_VALUE, Long.MIN_VALUE);

  /** At the bounds, for expressions that lead to the same conversion. */
  private static final List<Long> BOUNDS_OUTSIDE = List.of(1_772_323_200_000_000L, SECONDS + 1);

  private static final List<Long> DAYS_INSIDE =
      List.of(0L, 1L, -366L, 1_000_000_000L, -1_000_000_000L);

  private static final long DAYS_REFUSED = Integer.MAX_VALUE;

  private static final List<Long> DAYS_OUTSIDE =
      List.of(1_000_000_001L, -1_000_000_001L, (long) Integer.MIN_VALUE);

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/seconds",
        "SELECT * FROM VALUES " + values(SECONDS_INSIDE, SECONDS_OUTSIDE, "BIGINT") + " AS v (n)");
    lake.table(
        "raw/days",
        "SELECT * FROM VALUES "
            + values(DAYS_INSIDE, DAYS_OUTSIDE, "INT")
            + ", (CAST("
            + DAYS_REFUSED
            + " AS INT)) AS v (n)");
  }

  private static String values(List<Long> inside, List<Long> outside, String type) {
    return Stream.concat(inside.stream(), outside.stream())
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
    computed("raw/seconds", expression, SECONDS_INSIDE)
        .forEach(
            (seconds, micros) ->
                assertThat(new BigInteger(micros))
                    .as("%s of %s", expression, seconds)
                    .isCloseTo(
                        BigInteger.valueOf(seconds).multiply(MICROS),
                        Offset.offset(
                            expression.contains("DOUBLE") ? DIGITS_OF_DOUBLE : BigInteger.ZERO)));
    for (long seconds : plain ? SECONDS_OUTSIDE : BOUNDS_OUTSIDE) {
      assertThat(computed("raw/seconds", expression, seconds))
          .as("%s of %s", expression, seconds)
          .isEmpty();
    }
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
  void daysMoveADateByAsManyOrAreRefused(String expression, long sign) {
    computed("raw/days", expression, DAYS_INSIDE)
        .forEach((days, moved) -> assertThat(Long.parseLong(moved)).isEqualTo(sign * days));
    for (long days : DAYS_OUTSIDE) {
      computed("raw/days", expression, days)
          .ifPresent(moved -> assertThat(Long.parseLong(moved)).isEqualTo(sign * days));
    }
    assertThat(computed("raw/days", expression, DAYS_REFUSED)).isEmpty();
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

  /** The value, or nothing when it is refused. */
  private static Optional<String> computed(String table, String expression, long number) {
    return byBothWays(() -> values(table, expression, List.of(number)))
        .map(values -> values.get(number));
  }

  /** The values of numbers of which none is refused. */
  private static Map<Long, String> computed(String table, String expression, List<Long> numbers) {
    Optional<Map<Long, String>> values = byBothWays(() -> values(table, expression, numbers));
    assertThat(values).as(expression).isPresent();
    return values.orElseThrow();
  }

  /** Interpreted, and by code that Spark makes for it, too. */
  private static <T> T byBothWays(Supplier<T> computed) {
    String before = lake.spark().conf().get(MODE);
    try {
      lake.spark().conf().set(MODE, "NO_CODEGEN");
      T interpreted = computed.get();
      lake.spark().conf().set(MODE, "CODEGEN_ONLY");
      assertThat(computed.get()).isEqualTo(interpreted);
      return interpreted;
    } finally {
      lake.spark().conf().set(MODE, before);
    }
  }

  private static Optional<Map<Long, String>> values(
      String table, String expression, List<Long> numbers) {
    String list = numbers.stream().map(number -> number + "L").collect(Collectors.joining(", "));
    Rows rows = read(delta(table)).where("n IN (" + list + ")").select(expression + " AS x", "n");
    try {
      Map<Long, String> values =
          lake.engine().view(rows, Optional.empty()).first(numbers.size()).rows().stream()
              .collect(
                  Collectors.toMap(
                      row -> Long.valueOf(row.get(1).orElseThrow()),
                      row -> row.get(0).orElseThrow()));
      assertThat(values).containsOnlyKeys(numbers);
      return Optional.of(values);
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
