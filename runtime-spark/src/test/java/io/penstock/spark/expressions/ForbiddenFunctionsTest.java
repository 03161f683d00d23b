package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that would make a second run of an interval give other rows is refused. */
@Tag("spark")
final class ForbiddenFunctionsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id, array(1, 2) AS many");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "current_date | CLOCK_FUNCTION",
        "current_date() | CLOCK_FUNCTION",
        "curdate() | CLOCK_FUNCTION",
        "now() | CLOCK_FUNCTION",
        "current_timestamp | CLOCK_FUNCTION",
        "localtimestamp() | CLOCK_FUNCTION",
        "CAST(current_time() AS STRING) | CLOCK_FUNCTION",
        "unix_timestamp() | CLOCK_FUNCTION",
        "date_add(current_date, -1) | CLOCK_FUNCTION",
        "DATE'today' | CLOCK_FUNCTION",
        "TIMESTAMP 'now' | CLOCK_FUNCTION",
        "CAST('yesterday' AS DATE) | CLOCK_FUNCTION",
        "current_user | SESSION_FUNCTION",
        "session_user() | SESSION_FUNCTION",
        "current_database() | SESSION_FUNCTION",
        "current_catalog() | SESSION_FUNCTION",
        "rand() | RANDOM_FUNCTION",
        "rand(7) | RANDOM_FUNCTION",
        "randn() | RANDOM_FUNCTION",
        "uuid() | RANDOM_FUNCTION",
        "shuffle(many) | RANDOM_FUNCTION",
        "randstr(3) | RANDOM_FUNCTION",
        "uniform(1, 9) | RANDOM_FUNCTION",
        "monotonically_increasing_id() | LAYOUT_FUNCTION",
        "spark_partition_id() | LAYOUT_FUNCTION",
        "input_file_name() | LAYOUT_FUNCTION",
        "input_file_block_start() | LAYOUT_FUNCTION",
        "_metadata.file_path | LAYOUT_FUNCTION",
        "_metadata.file_modification_time | LAYOUT_FUNCTION",
        "to_json(_metadata) | LAYOUT_FUNCTION"
      })
  void isFoundInAnExpressionAndInAQuery(String expression, String code) {
    Rows inSelect = rows.select(expression + " AS x");
    Rows inQuery = sql("SELECT " + expression + " AS x FROM r").from("r", rows);

    Problem problem = lake.problem(inSelect);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message())
        .startsWith("Cannot use ")
        .endsWith("a second run of the same interval would give other rows.");
    assertThat(lake.problem(inQuery).code()).isEqualTo(code);
  }

  @Test
  void codeCalledByReflectionIsNotLoaded() {
    Problem problem =
        lake.problem(rows.select("reflect('" + Loaded.class.getName() + "', 'now') AS x"));

    assertThat(problem.code()).isEqualTo("REFLECTION_FUNCTION");
    assertThat(System.getProperty("penstock.loaded")).isNull();
  }

  /** Sets a property when it is loaded. */
  private static final class Loaded {
    static {
      System.setProperty("penstock.loaded", "yes");
    }
  }

  @Test
  void isFoundInEveryPlaceOfAnExpression() {
    assertThat(
            List.of(
                rows.where("rand() < 0.5"),
                rows.with("x", "rand()"),
                rows.groupBy("rand()").aggregate("count(*) AS n"),
                rows.groupBy("id").aggregate("max(rand()) AS x"),
                rows.orderBy("rand()").limit(1),
                rows.as("a").join(rows.as("b")).on("a.id = b.id AND rand() > 0.5"),
                sql("SELECT * FROM r WHERE id < (SELECT rand())").from("r", rows),
                sql("WITH w AS (SELECT rand() AS x FROM r) SELECT * FROM w").from("r", rows)))
        .allSatisfy(
            each ->
                assertThat(lake.problems(each))
                    .extracting(Problem::code)
                    .contains("RANDOM_FUNCTION"));
  }

  @Test
  void isFoundInAnExpectation() {
    assertThat(lake.problem(rows.expect(satisfies("now() > TIMESTAMP'2026-01-01'"))).code())
        .isEqualTo("CLOCK_FUNCTION");
  }

  @Test
  void isFoundInANativeTransform() {
    SparkTransform stamped = frame -> frame.withColumn("at", functions.current_timestamp());

    Problem problem = lake.problem(rows.transform("stamp", stamped));

    assertThat(problem.code()).isEqualTo("CLOCK_FUNCTION");
    assertThat(problem.place().orElseThrow()).startsWith("transform");
    assertThat(problem.fix()).contains(":from");
  }

  @Test
  void aSampleIsRandom() {
    assertThat(lake.problem(sql("SELECT * FROM r TABLESAMPLE (50 PERCENT)").from("r", rows)).code())
        .isEqualTo("RANDOM_FUNCTION");
  }

  @Test
  void isReportedOnceWhereItStands() {
    assertThat(lake.problems(rows.with("x", "rand()").where("x > 0").select("x")))
        .singleElement()
        .satisfies(p -> assertThat(p.place().orElseThrow()).startsWith("with "));
  }

  @Test
  void anActionInATransformIsAProblem() {
    SparkTransform counting = frame -> frame.limit((int) frame.count());
    SparkTransform collecting =
        frame -> frame.sparkSession().createDataFrame(frame.collectAsList(), frame.schema());

    assertThat(
            lake.problems(
                rows.transform("count", counting).union(rows.transform("collect", collecting))))
        .extracting(Problem::code)
        .containsExactly("EAGER_ACTION", "EAGER_ACTION");
  }

  @Test
  void anExceptionOfATransformIsAProblemOfThatStep() {
    SparkTransform failing =
        frame -> {
          throw new IllegalStateException("no such model");
        };

    InvalidPipelineException invalid =
        lake.invalid(rows.transform("score", failing).to(delta("mart/out").overwrite()));

    assertThat(invalid.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("TRANSFORM_FAILED");
              assertThat(problem.message())
                  .contains("'score'", "IllegalStateException", "no such model");
            });
    assertThat(invalid.failure().cause()).containsInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDeterministicFunctionIsAllowed() {
    lake.compile(
        rows.select(
                "TIMESTAMP'epoch' AS start",
                "unix_timestamp(TIMESTAMP'2026-03-01') AS seconds",
                "xxhash64(id) AS hash",
                "IF(id > 0, id, CAST(raise_error('negative') AS INT)) AS id",
                "'today' AS word")
            .to(delta("mart/out").overwrite()));
  }
}
