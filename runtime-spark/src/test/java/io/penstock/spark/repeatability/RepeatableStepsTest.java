package io.penstock.spark.repeatability;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.compile.TestCompiler;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which steps are repeatable, are made repeatable, or are refused. */
@Tag("spark")
final class RepeatableStepsTest {
  private static final String RANGE = " OVER (PARTITION BY grp ORDER BY at)";
  private static final String ROWS_FRAME =
      " OVER (PARTITION BY grp ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";

  private static final String LISTS = "SELECT grp, collect_list(id) AS l FROM r GROUP BY grp";

  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = TiedRows.in(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(DISTINCT name)",
        "sum(id)",
        "sum(price)",
        "try_sum(price)",
        "avg(price)",
        "max(weight)",
        "bit_xor(id)",
        "approx_count_distinct(name)",
        "percentile(id, 0.5)",
        "median(id)",
        "array_sort(collect_list(name))",
        "sort_array(collect_set(id), false)",
        "array_sort(array_distinct(collect_list(name)))",
        "array_sort(transform(filter(collect_list(name), x -> x > 'a'), x -> upper(x)))",
        "array_join(array_sort(collect_set(name)), ',')",
        "size(collect_set(id))",
        "cardinality(collect_list(id))",
        "array_size(array_compact(collect_list(id)))",
        "array_max(collect_list(id))",
        "array_contains(collect_set(name), 'a')",
        "exists(collect_list(id), x -> x > 3)",
        "max_by(name, struct(at, name))",
        "max_by(upper(name), struct(at, name))",
        "max_by(at + 1, at)",
        "min_by(name, IF(at IS NULL, NULL, struct(at, name)))",
        "min_by(name, CASE WHEN at IS NOT NULL THEN struct(at, name) END)",
        "listagg(name, ',') WITHIN GROUP (ORDER BY name)",
        "listagg(name, ',') WITHIN GROUP (ORDER BY at DESC, name)",
        "listagg(DISTINCT name, ',') WITHIN GROUP (ORDER BY name)",
        "mode(name, true)",
        "mode() WITHIN GROUP (ORDER BY name)",
        "first(grp)",
        "any_value(grp + 1)",
        "collect_list(grp)",
        "count_if(id > 1)",
        "regr_count(id, at)",
        "bool_and(id > 1)"
      })
  void anAggregateThatIsTheSameInEveryOrderIsAccepted(String aggregate) {
    assertRepeatable(rows.groupBy("grp").aggregate(aggregate + " AS x"));
  }

  static List<Arguments> unsettledAggregates() {
    return List.of(
        arguments("first(id)", "min_by(id, struct(ts, id)), or take min(id)"),
        arguments("last(id)", "max_by(id, struct(ts, id))"),
        arguments("any_value(id)", "min(id)"),
        arguments("first(id, true)", "min(id)"),
        arguments("collect_list(id)", "array_sort(collect_list(id))"),
        arguments("collect_set(name)", "array_sort(collect_set(name))"),
        arguments("array_agg(id)", "array_sort("),
        arguments("array_distinct(collect_list(id))", "array_sort("),
        arguments("collect_list(id)[0]", "array_sort("),
        arguments("concat_ws(',', collect_list(name))", "array_sort("),
        arguments("to_json(collect_set(id))", "array_sort("),
        arguments(
            "array_sort(collect_list(id), (l, r) -> CASE WHEN l % 2 < r % 2 THEN -1 ELSE 0 END)",
            "array_sort("),
        arguments("transform(collect_list(id), (x, i) -> x * i)", "array_sort("),
        arguments("aggregate(collect_list(id), 0L, (a, x) -> a * 2 + x)", "array_sort("),
        arguments("named_struct('ids', collect_list(id))", "array_sort("),
        arguments("listagg(name, ',')", "WITHIN GROUP (ORDER BY name)"),
        arguments("string_agg(name)", "WITHIN GROUP (ORDER BY name)"),
        arguments("listagg(name, ',') WITHIN GROUP (ORDER BY at)", "WITHIN GROUP (ORDER BY at ASC"),
        arguments("max_by(name, at)", "max_by(name, struct(at, name))"),
        arguments("min_by(name, at)", "min_by(name, IF(at IS NULL, NULL, struct(at, name)))"),
        arguments("max_by(name, at, 2)", "a function that gives the same result for every order"),
        arguments("mode(name)", "mode(name, true)"),
        arguments("percentile_approx(id, 0.5)", "percentile(…)"),
        arguments("histogram_numeric(id, 3)", "width_bucket"),
        arguments("try_sum(CAST(id AS BIGINT))", "DECIMALs of fewer digits"),
        arguments("CAST(max(name COLLATE UTF8_LCASE) AS STRING)", "COLLATE UTF8_BINARY"),
        arguments("array_contains(array(array(10, 20)), collect_list(at))", "array_sort("),
        arguments("size(array_remove(array(array(10, 20)), collect_list(at)))", "array_sort("),
        arguments("try_avg(CAST(id AS DECIMAL(38, 0)))", "DECIMALs of fewer digits"),
        arguments("CAST(try_sum(make_dt_interval(id)) AS STRING)", "DECIMALs of fewer digits"),
        arguments("max_by(name, struct(at, IF(id > 2, name, NULL)))", "max_by(name, struct("),
        arguments(
            "listagg(name, ',') WITHIN GROUP (ORDER BY IF(id > 2, name, NULL))", "WITHIN GROUP ("),
        arguments("CAST(mode(name COLLATE UTF8_LCASE, true) AS STRING)", "COLLATE UTF8_BINARY"),
        arguments(
            "CAST(array_max(collect_list(name COLLATE UTF8_LCASE)) AS STRING)",
            "COLLATE UTF8_BINARY"),
        arguments(
            "CAST(array_sort(array_distinct(collect_list(name COLLATE UTF8_LCASE))) AS"
                + " ARRAY<STRING>)",
            "COLLATE UTF8_BINARY"),
        arguments(
            "CAST(array_sort(collect_list(name COLLATE UTF8_LCASE)) AS ARRAY<STRING>)",
            "COLLATE UTF8_BINARY"));
  }

  @ParameterizedTest
  @MethodSource("unsettledAggregates")
  void anAggregateThatDependsOnTheOrderIsRefusedWithAFix(String aggregate, String fix) {
    Problem problem = lake.problem(rows.groupBy("grp").aggregate(aggregate + " AS x"));

    assertThat(problem.code()).isEqualTo("NOT_REPEATABLE");
    assertThat(problem.place().orElseThrow()).startsWith("aggregate (RepeatableStepsTest.java:");
    assertThat(problem.fix())
        .contains(fix)
        .endsWith("say so directly after this step: .allowVariation(\"the reason\").");
  }

  @Test
  void groupsOfOneRowHaveNoOrder() {
    Rows totals = rows.groupBy("grp", "name").aggregate("sum(id) AS total", "max(at) AS at");

    assertRepeatable(totals.groupBy("name", "grp").aggregate("first(total) AS total"));
    assertRepeatable(totals.groupBy("name").aggregate("max_by(total, struct(at, grp)) AS total"));
    assertRepeatable(
        sql("SELECT grp, name, collect_list(total) AS l FROM t GROUP BY grp, name")
            .from("t", totals));
    assertThat(lake.problem(totals.groupBy("name").aggregate("first(total) AS total")).code())
        .isEqualTo("NOT_REPEATABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rank()" + RANGE,
        "dense_rank()" + RANGE,
        "percent_rank()" + RANGE,
        "cume_dist()" + RANGE,
        "row_number()" + RANGE,
        "ntile(2)" + RANGE,
        "lag(id)" + RANGE,
        "lead(name, 1, 'none')" + RANGE,
        "first_value(id)" + RANGE,
        "last_value(id) OVER (PARTITION BY grp)",
        "nth_value(id, 2)" + ROWS_FRAME,
        "sum(id)" + RANGE,
        "sum(id)" + ROWS_FRAME,
        "sum(weight)" + ROWS_FRAME,
        "collect_list(id)" + ROWS_FRAME,
        "collect_list(id) OVER (PARTITION BY grp ORDER BY id, day, at, name, weight, price)",
        "array_sort(collect_list(id)" + RANGE + ")",
        "size(collect_set(id)" + RANGE + ")",
        "first_value(id) OVER (PARTITION BY id ORDER BY at)",
        "max_by(id, at)" + ROWS_FRAME
      })
  void theRemainingColumnsBreakTheTiesOfAWindow(String window) {
    assertRepeatable(rows.with("x", window));
    assertRepeatable(rows.select("grp", "at", window + " AS x"));
    assertRepeatable(sql("SELECT *, " + window + " AS x FROM r").from("r", rows));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last_value(id)" + RANGE,
        "nth_value(id, 2)" + RANGE,
        "nth_value(id, 1) OVER (PARTITION BY grp ORDER BY at RANGE BETWEEN 1 PRECEDING AND CURRENT"
            + " ROW)",
        "nth_value(id, 1) OVER (PARTITION BY grp ORDER BY at RANGE BETWEEN CURRENT ROW AND"
            + " UNBOUNDED FOLLOWING)",
        "first_value(id, true)" + RANGE,
        "first_value(id) FILTER (WHERE id > 1)" + RANGE,
        "first_value(id) OVER (PARTITION BY grp ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND 1"
            + " FOLLOWING)",
        "collect_list(id)" + RANGE,
        "max_by(id, at)" + RANGE
      })
  void aFrameThatMoreKeysWouldChangeIsRefused(String window) {
    assertThat(lake.problem(rows.with("x", window)).code()).isEqualTo("NOT_REPEATABLE");
  }

  @Test
  void breakingTiesDoesNotChangeRanks() {
    Rows numbered =
        sql("""
        SELECT id, rank() OVER w AS rank, row_number() OVER w AS n, sum(id) OVER w AS total,
          last_value(name) OVER (PARTITION BY grp) AS last
        FROM r WINDOW w AS (PARTITION BY grp ORDER BY at)
        """)
            .from("r", rows);

    lake.succeed(numbered.to(delta("mart/numbered").overwrite()));

    assertSameRows(
        lake.sql(
            """
            SELECT * FROM VALUES
              (1, 1, 1, 4L, 'a'), (3, 1, 2, 4L, 'a'), (2, 3, 3, 6L, 'a'),
              (4, 1, 1, 9L, 'd'), (5, 1, 2, 9L, 'd')
              AS v (id, rank, n, total, last)
            """),
        lake.rows("mart/numbered"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM r LIMIT 3",
        "SELECT name FROM r ORDER BY at LIMIT 2",
        "SELECT name FROM r ORDER BY at LIMIT 2 OFFSET 1",
        "SELECT name FROM r ORDER BY weight OFFSET 1",
        "SELECT * FROM (SELECT * FROM r ORDER BY at) WHERE id > 1 LIMIT 2",
        "SELECT * FROM (SELECT * FROM r LIMIT 4) LIMIT 2",
        "SELECT count(*) AS n FROM r LIMIT 1",
        "FROM r |> ORDER BY at |> LIMIT 2 |> SELECT name",
        "FROM r |> WHERE id > 1 |> EXTEND id * 2 AS twice |> AGGREGATE sum(twice) AS s GROUP BY"
            + " grp",
        "FROM r |> AGGREGATE collect_list(id) AS l GROUP BY grp |> SELECT array_sort(l) AS l",
        "SELECT DISTINCT name FROM r LIMIT 2",
        "WITH w AS (SELECT grp, sum(id) AS s FROM r GROUP BY grp LIMIT 1) SELECT a.* FROM w a JOIN"
            + " w b USING (grp)",
        "SELECT * FROM r WHERE id IN (SELECT id FROM r LIMIT 2)",
        "SELECT * FROM r WHERE id = (SELECT id FROM r ORDER BY at LIMIT 1)",
        "SELECT * FROM r a WHERE EXISTS (SELECT 1 FROM r b WHERE b.grp = a.grp LIMIT 1)",
        "SELECT a.id, (SELECT b.at FROM r b WHERE b.grp = a.grp ORDER BY b.at LIMIT 1) AS x FROM"
            + " r a",
        "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY grp ORDER BY at) AS n FROM r)"
            + " WHERE n = 1",
        "SELECT * FROM (SELECT grp, explode(collect_list(id)) AS x FROM r GROUP BY grp)",
        "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT *"
            + " FROM c",
        "SELECT * FROM r PIVOT (sum(id) FOR grp IN (1, 2))",
        "SELECT grp, name, GROUPING(name) AS g, sum(id) AS s FROM r GROUP BY ROLLUP (grp, name)"
      })
  void aQueryWithTiesIsMadeRepeatable(String query) {
    assertRepeatable(sql(query).from("r", rows));
  }

  static List<Arguments> unsettledQueries() {
    return List.of(
        arguments(
            "SELECT /*+ REPARTITION(3) */ * FROM (SELECT * FROM r ORDER BY at) LIMIT 2",
            "put an ORDER BY directly before it"),
        arguments(
            "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c) SELECT * FROM c"
                + " LIMIT 5",
            "ORDER BY"),
        arguments(
            "SELECT CAST(n AS STRING) AS n FROM (SELECT name COLLATE UTF8_LCASE AS n, count(*) AS c"
                + " FROM r GROUP BY 1)",
            "lower("),
        arguments(
            "SELECT CAST(n AS STRING) AS n FROM (SELECT DISTINCT name COLLATE UTF8_LCASE AS n FROM"
                + " r)",
            "lower("),
        arguments("SELECT count(*) AS n FROM (" + LISTS + ") GROUP BY l", "array_sort("),
        arguments("SELECT count(*) AS n FROM (" + LISTS + ") WHERE l[0] > 1", "array_sort("),
        arguments(LISTS + " |> WHERE l[0] > 1 |> SELECT grp", "array_sort("),
        arguments(LISTS + " |> SELECT l", "array_sort("),
        arguments(
            "SELECT count(*) FILTER (WHERE l[0] > 1) AS n FROM (" + LISTS + ")", "array_sort("),
        arguments(
            "SELECT row_number() OVER (PARTITION BY l ORDER BY grp) AS n FROM (" + LISTS + ")",
            "array_sort("),
        arguments(
            "SELECT a.grp, (SELECT max(b.id) FROM r b WHERE b.id = a.l[0]) AS x FROM (SELECT grp,"
                + " l FROM ("
                + LISTS
                + ")) a",
            "array_sort("),
        arguments(
            "SELECT first(name) AS name FROM r GROUP BY grp, IF(id > 2, name, NULL)", "min_by("),
        arguments(
            "SELECT first(to_json(m)) AS m FROM (SELECT IF(id > 2, map(1, at, 2, id), map(2, id, 1,"
                + " at)) AS m FROM r) GROUP BY struct(m)",
            "min_by("),
        arguments("SELECT grp, posexplode(collect_list(id)) FROM r GROUP BY grp", "array_sort("));
  }

  @ParameterizedTest
  @MethodSource("unsettledQueries")
  void aQueryThatCannotBeMadeRepeatableIsRefused(String query, String fix) {
    Problem problem = lake.problem(sql(query).from("r", rows));

    assertThat(problem.code()).isEqualTo("NOT_REPEATABLE");
    assertThat(problem.fix()).contains(fix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, (SELECT b.name FROM r b WHERE b.grp = a.grp ORDER BY b.at LIMIT 1) AS x FROM"
            + " r a",
        "SELECT a.id, x.name FROM r a, LATERAL (SELECT b.name FROM r b WHERE b.grp = a.grp ORDER BY"
            + " b.at DESC LIMIT 1) x",
        "SELECT a.id, (SELECT b.name FROM r b WHERE b.grp = a.grp ORDER BY b.at LIMIT 1 OFFSET 1)"
            + " AS x FROM r a",
        "SELECT a.id, (SELECT name FROM (SELECT b.name, b.at FROM r b WHERE b.grp = a.grp ORDER BY"
            + " b.at DESC) LIMIT 1) AS x FROM r a",
        "SELECT a.id, (SELECT struct(b.at, b.name) FROM r b WHERE b.grp = a.grp ORDER BY b.at LIMIT"
            + " 1).name AS x FROM r a",
        "SELECT a.id FROM r a WHERE a.name IN (SELECT b.name FROM r b WHERE b.grp = a.grp ORDER BY"
            + " b.at DESC LIMIT 2)",
        "SELECT a.id, x.name FROM r a, LATERAL (SELECT b.name FROM r b WHERE b.grp = a.grp ORDER BY"
            + " b.at OFFSET 1) x"
      })
  void anOrderThatSparkLosesIsRefusedEvenWithAnAllowance(String query) {
    Problem problem = lake.problem(sql(query).from("r", rows));

    assertThat(problem.code()).isEqualTo("UNSUPPORTED_STEP");
    assertThat(problem.fix()).contains("max_by(");
  }

  /**
   * Spark's shuffles pass blocks on as they arrive. Where one separates a limit from its sort,
   * Spark sorts again after the shuffle ({@code InsertSortForLimitAndOffset}, 4.2.0).
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT name FROM r ORDER BY weight OFFSET 1", "SELECT * FROM r OFFSET 2"})
  void aLimitAfterAShuffleTakesRowsInTheirOrder(String query) {
    SparkSession session = (SparkSession) lake.spark();
    LakeRoot root =
        LakeRoot.of(directory.toUri().toString(), session.sessionState().newHadoopConf());
    String plan =
        TestCompiler.on(root, session)
            .view(sql(query).from("r", rows).plan(), Optional.empty(), Map.of())
            .select(functions.count("*"))
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan)
        .containsPattern("GlobalLimit")
        .doesNotContainPattern("GlobalLimit[^\\n]*\\n[^\\n]*Exchange SinglePartition");
  }

  private static void assertRepeatable(Rows accepted) {
    assertThat(TiedRows.doubts(lake, accepted)).isEmpty();
  }
}
