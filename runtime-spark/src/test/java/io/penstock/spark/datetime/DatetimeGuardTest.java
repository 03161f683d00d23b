package io.penstock.spark.datetime;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import io.penstock.spec.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value depends on the clock: neither a constant nor the text of a row. */
@Tag("spark")
final class DatetimeGuardTest {
  @TempDir private static Path directory;
  private static final AtomicInteger TARGETS = new AtomicInteger();
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  /** Those that a new table may have. */
  private final Rows storable = rows.drop("v");

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        "SELECT 1 AS id, '12:30:00' AS t, '2026-03-01 12:30:00' AS full, 'today' AS word,"
            + " TIMESTAMP'2026-03-01 00:00:00' AS ts, DATE'2026-03-01' AS d,"
            + " parse_json('{\"t\":\"12:30:00\"}') AS v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATE'today UTC'",
        "DATE /* at */ \"Today UTC\"",
        "TIMESTAMP'yesterday Asia/Seoul'",
        "TIMESTAMP_NTZ r'now'",
        "DATE'tod\\u0061y'",
        "TIMESTAMP'12:30:00'",
        "CAST('today UTC' AS DATE)",
        "CAST(concat('to','day') AS DATE)",
        "CAST(lower('NOW') AS TIMESTAMP)",
        "CAST(CAST(nvl('tomorrow', 'x') AS TIMESTAMP_NTZ) AS STRING)",
        "CAST('12:30:00' AS TIMESTAMP)",
        "CAST('T12:30' AS TIMESTAMP)",
        "CAST('12:30:00 Europe/Berlin' AS TIMESTAMP)",
        "TRY_CAST('12:30:00' AS TIMESTAMP)",
        "CAST(array('12:30:00') AS ARRAY<TIMESTAMP>)",
        "CAST(named_struct('a', '12:30:00') AS STRUCT<a: TIMESTAMP>)",
        "CAST(map('12:30:00', 1) AS MAP<TIMESTAMP, INT>)",
        "to_timestamp('12:30:00')",
        "try_to_timestamp('12:30:00')",
        "to_timestamp_ltz('12:30:00')",
        "timestamp('12:30:00')",
        "date('today')",
        "to_date('today')",
        "date_add('today', 1)",
        "hour('12:30:00')",
        "date_trunc('HOUR', '12:30')",
        "ts > '12:30:00'",
        "ts IN ('12:30:00')",
        "coalesce(ts, '12:30:00')",
        "from_json(t, 'a TIMESTAMP')",
        "from_json(t, 'a ARRAY<STRUCT<b: TIMESTAMP>>')",
        "from_json(t, 'a TIMESTAMP', map('timestampFormat', 'HH:mm:ss',"
            + " 'enableDateTimeParsingFallback', 'true'))",
        "from_csv(t, 'a TIMESTAMP')",
        "CAST(v AS TIMESTAMP)",
        "variant_get(v, '$.t', 'timestamp')",
        "try_variant_get(v, '$.t', 'timestamp')",
      })
  void aConstantThatReadsTheClockIsAProblem(String expression) {
    Problem inSelect = lake.problem(rows.select("id", expression + " AS x"));
    Problem inQuery = lake.problem(sql("SELECT " + expression + " AS x FROM r").from("r", rows));

    assertThat(inSelect.code()).isEqualTo("CLOCK_FUNCTION");
    assertThat(inSelect.place().orElseThrow()).startsWith("select (DatetimeGuardTest.java:");
    assertThat(inQuery.code()).isEqualTo("CLOCK_FUNCTION");
  }

  /** With the conversion that Spark adds, for a function or for operands of different types. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "CAST(t AS TIMESTAMP) | CAST(r.t AS TIMESTAMP)",
        "TRY_CAST(t AS TIMESTAMP) | TRY_CAST(r.t AS TIMESTAMP)",
        "CAST(concat(t, ' Asia/Seoul') AS TIMESTAMP) | CAST(concat(r.t, ' Asia/Seoul') AS"
            + " TIMESTAMP)",
        "CAST(array(full, t) AS ARRAY<TIMESTAMP>) | CAST(array(r.full, r.t) AS ARRAY<TIMESTAMP>)",
        "CAST(named_struct('a', 1, 'b', array(t)) AS STRUCT<a: INT, b: ARRAY<TIMESTAMP>>) |"
            + " CAST(named_struct('a', 1, 'b', array(r.t)) AS STRUCT<a: INT, b: ARRAY<TIMESTAMP>>)",
        "CAST(map(1, t) AS MAP<INT, TIMESTAMP>) | CAST(map(1, r.t) AS MAP<INT, TIMESTAMP>)",
        "transform(array(t), x -> CAST(x AS TIMESTAMP)) | CAST(namedlambdavariable() AS TIMESTAMP)",
        "to_timestamp(t) | CAST(r.t AS TIMESTAMP)",
        "try_to_timestamp(t) | CAST(r.t AS TIMESTAMP)",
        "to_timestamp_ltz(t) | CAST(r.t AS TIMESTAMP)",
        "timestamp(t) | CAST(r.t AS TIMESTAMP)",
        "date(timestamp(t)) | CAST(r.t AS TIMESTAMP)",
        "hour(t) | CAST(r.t AS TIMESTAMP)",
        "date_trunc('HOUR', t) | CAST(r.t AS TIMESTAMP)",
        "CAST(from_json(concat('{\"a\":\"', t, '\"}'), 'a STRING').a AS TIMESTAMP) |"
            + " CAST(from_json(concat('{\"a\":\"', r.t, '\"}')).`a` AS TIMESTAMP)",
        "CAST(variant_get(v, '$.t', 'string') AS TIMESTAMP) | CAST(variant_get(r.v, '$.t') AS"
            + " TIMESTAMP)",
        "(SELECT max(CAST(t AS TIMESTAMP)) FROM r) | CAST(r.t AS TIMESTAMP)",
      })
  void aRowThatLacksADateFailsWithValueExpressionAndLine(String expression, String conversion) {
    Rows selected = sql("SELECT id, " + expression + " AS x FROM r").from("r", rows);

    Failure failure = failure(selected);

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.code()).isEqualTo("MOVING_TIME");
    assertThat(failure.message())
        .startsWith("Cannot read '12:30:00")
        .contains("' as a TIMESTAMP in " + conversion + " at sql (DatetimeGuardTest.java:");
    assertThat(failure.fix()).contains("date");
  }

  /** These functions return NULL for any exception inside them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "try_add(CAST(%s AS TIMESTAMP), INTERVAL '1' DAY)",
        "try_subtract(CAST(%s AS TIMESTAMP), INTERVAL '1' DAY)",
        "try_multiply(INTERVAL '1' DAY, hour(%s))",
        "try_divide(INTERVAL '1' DAY, hour(%s))",
        "try_to_binary(date_format(timestamp(%s), 'yyyyMMdd'), 'hex')",
      })
  void insideTryFunctionsATextWithoutDateIsNull(String expression) {
    Rows both =
        rows.select(
            "CAST(" + expression.formatted("t") + " AS STRING) AS undated",
            "CAST(" + expression.formatted("full") + " AS STRING) AS dated");

    List<Optional<String>> row = lake.engine().view(both, Optional.empty()).first(1).rows().get(0);

    assertThat(row.get(0)).isEmpty();
    assertThat(row.get(1)).isPresent();
  }

  @Test
  void everyStepIsGuardedAndNamesItsOwnLine() {
    assertThat(failure(storable.where("CAST(t AS TIMESTAMP) < ts")).message())
        .contains("where (Datetime");
    assertThat(failure(storable.with("x", "hour(t)")).message()).contains("with (Datetime");
    assertThat(failure(storable.groupBy("CAST(t AS TIMESTAMP) AS x").aggregate("count(*) AS n")))
        .satisfies(failure -> assertThat(failure.message()).contains("aggregate (Datetime"));
    assertThat(failure(storable.groupBy("id").aggregate("max(timestamp(t)) AS n")))
        .satisfies(failure -> assertThat(failure.message()).contains("aggregate (Datetime"));
    assertThat(failure(storable.orderBy("timestamp(t)")).message()).contains("orderBy (Datetime");
    assertThat(
            failure(
                    rows.as("a")
                        .join(rows.as("b"))
                        .on("a.ts < timestamp(b.t)")
                        .select("a.id AS id"))
                .message())
        .contains("join (Datetime");
  }

  /** Where Spark would convert a text, the types are refused: no guard is needed. */
  @Test
  void textsDoNotMeetTimes() {
    Rows texts = rows.select("t AS at");
    Rows times = rows.select("ts AS at");
    for (Rows met :
        List.of(
            times.join(texts).using("at"),
            sql("SELECT at FROM a UNION SELECT at FROM b").from("a", times).from("b", texts),
            rows.select("ts > t AS x"),
            rows.select("ts IN (full, t) AS x"),
            rows.select("coalesce(CAST(NULL AS TIMESTAMP), t) AS x"),
            rows.select("CASE WHEN id = 2 THEN ts ELSE t END AS x"))) {
      assertThat(lake.problem(met).code()).isEqualTo("TYPE_MISMATCH");
    }
    assertThat(lake.problems(rows.select("d = 'today' AS x")))
        .extracting(Problem::code)
        .contains("CLOCK_FUNCTION");
  }

  @Test
  void anExpectationIsGuarded() {
    assertThat(failure(storable.expect(satisfies("ts <= timestamp(t)"))).message())
        .contains("12:30:00", "expect (DatetimeGuardTest.java:");
    assertThat(lake.problem(storable.expect(satisfies("ts <= '12:30'"))).code())
        .isEqualTo("CLOCK_FUNCTION");
  }

  @Test
  void aNativeTransformIsGuarded() {
    SparkTransform parsing = frame -> frame.withColumn("x", functions.col("t").cast("timestamp"));

    assertThat(failure(storable.transform("parse", parsing)).message()).contains("transform");
  }

  @Test
  void aColumnOfAJsonFileIsRefusedWithItsFile() {
    lake.file("arrivals/times/a.json", "{\"id\":1,\"ts\":\"12:30:00\"}\n");

    Failure failure = failure(read(json("arrivals/times").schema("id INT, ts TIMESTAMP")));

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("arrivals/times/a.json", "ts");
  }

  @Test
  void aColumnOfAJsonFileIsReadWithItsDate() {
    lake.file(
        "arrivals/dated/a.json",
        """
        {"id":1,"ts":"2026-03-01 12:30:00","many":[{"ts":"2026-03-01T12:30:00+09:00"}]}
        {"id":2,"many":[null,{}]}
        """);

    lake.succeed(
        read(json("arrivals/dated")
                .schema("id INT, ts TIMESTAMP, many ARRAY<STRUCT<ts: TIMESTAMP>>"))
            .to(delta("mart/dated").overwrite()));

    assertThat(
            lake.rows("mart/dated").orderBy("id").selectExpr("to_json(struct(*))").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "{\"id\":1,\"ts\":\"2026-03-01T12:30:00.000Z\",\"many\":[{\"ts\":\"2026-03-01T03:30:00.000Z\"}]}",
            "{\"id\":2,\"many\":[null,{}]}");
  }

  @Test
  void aNumberInAJsonFileIsNoTime() {
    lake.file("arrivals/numbers/a.json", "{\"ts\":2026}\n");

    assertThat(failure(read(json("arrivals/numbers").schema("ts TIMESTAMP"))).message())
        .contains("arrivals/numbers/a.json");
  }

  @Test
  void aParameterThatReadsTheClockIsRefused() {
    Pipeline moving =
        Pipeline.named("moving")
            .parameters(Parameter.string("since").defaultsTo("today UTC"))
            .writes(
                rows.where("d <= CAST(:since AS DATE)")
                    .select("id", "CAST(:since AS DATE) AS since")
                    .to(delta("mart/moving").overwrite()));

    assertThat(lake.invalid(EngineLake.request(moving)).problems())
        .extracting(Problem::code)
        .contains("CLOCK_FUNCTION");
  }

  @Test
  void showingRowsReadsNoClockEither() {
    LakePath table = new LakePath("raw/rows");
    for (String where : List.of("d = 'today'", "ts < TIMESTAMP'12:30'", "ts < t", "d < now()")) {
      assertThatThrownBy(
              () -> lake.engine().lake().show(table, Optional.of(where), 3, Optional.empty()))
          .as(where)
          .isInstanceOf(RunFailedException.class);
    }
  }

  @Test
  void aTextWithItsDateIsTheTimeThatSparkMakesOfIt() {
    lake.succeed(
        rows.select(
                "CAST(full AS TIMESTAMP) AS a",
                "TRY_CAST(word AS TIMESTAMP) AS b",
                "TRY_CAST('12:99' AS TIMESTAMP) AS c",
                "TRY_CAST(concat(t, ':61') AS TIMESTAMP) AS d",
                "CAST(TRY_CAST(t AS TIMESTAMP_NTZ) AS STRING) AS f",
                "TRY_CAST(t AS DATE) AS g",
                "to_timestamp(t, 'HH:mm:ss') AS h",
                "from_csv('12:30', 'a TIMESTAMP', map('timestampFormat', 'HH:mm')).a AS i",
                "CAST('epoch' AS TIMESTAMP) AS j")
            .to(delta("mart/times").overwrite()));

    assertThat(
            lake.rows("mart/times")
                .selectExpr("to_json(struct(*), map('ignoreNullFields', 'false'))")
                .first()
                .getString(0))
        .isEqualTo(
            "{\"a\":\"2026-03-01T12:30:00.000Z\",\"b\":null,\"c\":null,\"d\":null,"
                + "\"f\":null,\"g\":null,\"h\":\"1970-01-01T12:30:00.000Z\","
                + "\"i\":\"1970-01-01T12:30:00.000Z\",\"j\":\"1970-01-01T00:00:00.000Z\"}");
  }

  private static Failure failure(Rows rows) {
    String target = "mart/refused_" + TARGETS.incrementAndGet();
    RunReport report = lake.run(rows.to(delta(target).overwrite()));
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    return report.failure().orElseThrow();
  }
}
