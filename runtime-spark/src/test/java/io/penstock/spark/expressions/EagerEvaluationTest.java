package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that Spark computes while it plans a query don't depend on the clock. */
@Tag("spark")
final class EagerEvaluationTest {
  private static final String READING_CLOCK = "CAST('12:30:00' AS TIMESTAMP)";

  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        "SELECT 1 AS id, '12:30' AS t, TIMESTAMP'2026-03-01 12:30:00' AS ts, DATE'2026-03-01' AS"
            + " day",
        "day");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x FROM r, VALUES (CAST('12:30:00' AS TIMESTAMP)) AS v(x)",
        "SELECT x FROM r, VALUES (1, to_timestamp('12:30:00')) AS v(n, x)",
        "WITH w AS (SELECT * FROM VALUES (hour('12:30:00')) AS v(x)) SELECT x FROM r, w",
        "SELECT x FROM r, VALUES (now()) AS v(x)",
        "SELECT x.id FROM r, range(unix_seconds(now()), unix_seconds(now()) + 1) AS x",
        "SELECT x.id FROM r, range(unix_seconds(CAST('12:30:00' AS TIMESTAMP)) % 7) AS x",
        "SELECT from_json(t, concat('a STRING, b', CAST(unix_date(current_date()) AS STRING), '"
            + " INT')) AS x FROM r",
        "SELECT to_json(named_struct('t', ts), map('timestampFormat', concat('\"', CAST("
            + READING_CLOCK
            + " AS STRING)))) AS x FROM r",
        "SELECT to_csv(named_struct('t', id), map('nullValue', CAST("
            + READING_CLOCK
            + " AS STRING))) AS x FROM r",
        "SELECT date_part(IF("
            + READING_CLOCK
            + " > TIMESTAMP'2026-03-01', 'YEAR', 'DOY'), ts) AS x FROM r",
        "SELECT collate(t, IF("
            + READING_CLOCK
            + " > TIMESTAMP'2026-03-01', 'UTF8_LCASE', 'UTF8_BINARY')) = 'A' AS x FROM r",
        "SELECT variant_get(parse_json(t), '$', IF("
            + READING_CLOCK
            + " > TIMESTAMP'2026-03-01', 'INT', 'STRING')) AS x FROM r",
        "SELECT * FROM (SELECT id, ts FROM r) PIVOT (count(id) FOR ts IN ('12:30:00' AS x))",
        "SELECT * FROM (SELECT id, ts FROM r) PIVOT (count(id) FOR ts IN (CAST('12:30' AS"
            + " TIMESTAMP) AS x))"
      })
  void aValueComputedDuringTheAnalysisIsRefused(String query) {
    assertThat(lake.problem(sql(query).from("r", rows)).code()).isEqualTo("CLOCK_FUNCTION");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x FROM r, VALUES (CAST(1772323200000000L AS TIMESTAMP)) AS v(x)",
        "SELECT x FROM r, VALUES (date_add(DATE'2026-03-01', 2147483647)) AS v(x)",
        "SELECT x FROM r, VALUES (date_add(DATE'2026-03-01', CAST(lpad('7', 10, '1') AS INT))) AS"
            + " v(x)",
        "SELECT x.id FROM r, range(unix_date(date_add(DATE'2026-03-01', 2147483647))) AS x",
        "SELECT * FROM (SELECT id, ts FROM r) PIVOT (count(id) FOR ts IN (CAST(1772323200000000L AS"
            + " TIMESTAMP) AS x))",
      })
  void aNumberOutsideTheRangeOfTimesIsRefused(String query) {
    assertThat(lake.problem(sql(query).from("r", rows)).code()).isEqualTo("TIME_OUT_OF_RANGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x FROM r, VALUES (CAST(1772323200L AS TIMESTAMP)) AS v(x)",
        "SELECT x FROM r, VALUES (date_add(DATE'2026-03-01', 7)) AS v(x)",
        "SELECT x FROM r, VALUES (TIMESTAMP'2026-03-01 12:30:00'), (CAST('2026-03-02' AS"
            + " TIMESTAMP)) AS v(x)",
        "SELECT x FROM r, VALUES (CAST(concat('2026-03-', lpad('1', 2, '0')) AS DATE)) AS v(x)",
        "SELECT explode(transform(sequence(0, 30), i -> date_add(DATE'2026-03-01', i))) AS x FROM"
            + " r",
        "SELECT explode(transform(array('2026-03-01'), s -> CAST(s AS DATE))) AS x FROM r",
        "SELECT coalesce(CAST(ts AS DATE), date_add(CAST('2026-02-30' AS DATE), 1)) AS x FROM r",
        "SELECT x.id FROM r, range(3) AS x",
        "SELECT x FROM r, VALUES (:from) AS v(x)",
        "SELECT from_json(t, concat('a ', 'STRING')) AS x FROM r",
        "SELECT * FROM (SELECT id, t FROM r) PIVOT (count(id) FOR t IN ('12:30' AS x))",
        "SELECT * FROM (SELECT id, ts FROM r) PIVOT (count(id) FOR ts IN ('2026-03-01 12:30:00' AS"
            + " x))"
      })
  void aValueThatDoesNotDependOnTheClockIsAllowed(String query) {
    lake.compile(
        sql("SELECT *, DATE'2026-03-01' AS day FROM (" + query + ")")
            .from("r", rows)
            .to(delta("mart/still").overwrite(EngineLake.DAY)));
  }

  @Test
  void aDateInTextStillFoldsToAConstantThatPrunesFiles() {
    Dataset<Row> frame =
        lake.rows("raw/rows").where("day >= '2026-03-01' AND ts > CAST('2026-03-01' AS TIMESTAMP)");

    Dataset<Row> guarded =
        io.penstock.spark.datetime.DatetimeGuard.over(
            frame, List.of(lake.rows("raw/rows")), "where");

    List<Cast> casts = new ArrayList<>();
    PlanWalk.over(
        guarded.queryExecution().optimizedPlan(),
        plan -> {},
        expression -> {
          if (expression instanceof Cast cast) {
            casts.add(cast);
          }
        });
    assertThat(guarded).isSameAs(frame);
    assertThat(casts).isEmpty();
  }
}
