package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values meet only where their common type holds all of them. */
@Tag("spark")
final class TypeMismatchTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows exact = read(delta("raw/exact"));
  private final Rows floating = read(delta("raw/floating"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/exact",
        "SELECT 9007199254740993L AS id, 7 AS small, CAST(1.123456 AS DECIMAL(38,6)) AS amount,"
            + " CAST(0.1 AS DECIMAL(5,2)) AS price, '7' AS code, DATE '2026-03-01' AS day,"
            + " TIMESTAMP '2026-03-01 00:00:00' AS at, TIMESTAMP_NTZ '2026-03-01 00:00:00' AS"
            + " local");
    lake.table(
        "raw/floating",
        "SELECT 9007199254740992.0D AS id, 7L AS small,"
            + " CAST(1.123456789012 AS DECIMAL(38,12)) AS amount, 7 AS code");
  }

  @Test
  void aJoinNamesBothTypesAndTheCast() {
    Problem problem = lake.problem(exact.select("id").join(floating.select("id")).using("id"));

    assertThat(problem.code()).isEqualTo("TYPE_MISMATCH");
    assertThat(problem.place().orElseThrow()).matches("join \\(TypeMismatchTest.java:\\d+\\)");
    assertThat(problem.message())
        .isEqualTo(
            "Cannot compare id (BIGINT) with id (DOUBLE) exactly: Spark compares them as DOUBLE,"
                + " in which 9007199254740993 becomes 9007199254740992.");
    assertThat(problem.fix())
        .isEqualTo("cast the DOUBLE to the type that you mean, such as CAST(id AS BIGINT).");
  }

  @Test
  void everyColumnOfAUnionIsTold() {
    List<Problem> problems =
        lake.problems(exact.select("id", "small", "amount", "code").union(floating));

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly(
            "Cannot combine id (BIGINT) and id (DOUBLE) exactly: Spark makes both DOUBLE, in which"
                + " 9007199254740993 becomes 9007199254740992.",
            "Cannot combine amount (DECIMAL(38,12)) and amount (DECIMAL(38,6)) exactly: Spark makes"
                + " both DECIMAL(38,6), which keeps 6 of 12 decimal places.",
            "Cannot combine code (STRING) and code (INT) exactly: Spark makes both BIGINT, in which"
                + " '7' and '07' are the same.");
    assertThat(problems)
        .extracting(Problem::fix)
        .containsExactly(
            "cast the DOUBLE to the type that you mean, such as CAST(id AS BIGINT).",
            "cast the DECIMAL(38,6) to the type that you mean, such as CAST(amount AS"
                + " DECIMAL(38,12)).",
            "cast the STRING to the type that you mean, such as CAST(code AS INT).");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e.id = f.id",
        "e.id <=> f.id",
        "e.id < f.id",
        "e.id IN (f.id, 1)",
        "e.small BETWEEN 0 AND 9 AND e.id BETWEEN f.id AND f.id",
        "coalesce(e.id, f.id) > 0",
        "greatest(e.id, f.id) > 0",
        "CASE WHEN e.small = 1 THEN e.id ELSE f.id END > 0",
        "nullif(e.id, f.id) IS NULL",
        "array_contains(array(e.id), f.id)",
        "map(e.id, 1, f.id, 2)[0] = 1",
        "e.code = f.code",
        "e.price = CAST(0.1 AS DOUBLE) * f.small",
        "e.amount = f.amount"
      })
  void everyComparisonAndChoiceIsJudged(String condition) {
    Rows joined = exact.as("e").join(floating.as("f")).on(condition).select("e.day");

    assertThat(lake.problems(joined))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("TYPE_MISMATCH"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM e INTERSECT SELECT id FROM f",
        "SELECT id FROM e EXCEPT SELECT id FROM f",
        "SELECT id FROM e UNION SELECT id FROM f",
        "SELECT small FROM e WHERE id IN (SELECT id FROM f)",
        "SELECT small FROM e WHERE id NOT IN (SELECT id FROM f)",
        "SELECT small FROM e WHERE EXISTS (SELECT 1 FROM f WHERE f.id = e.id)",
        "SELECT small FROM e WHERE id > (SELECT max(id) FROM f)",
        "SELECT e.id FROM e NATURAL JOIN (SELECT id FROM f)",
        "SELECT e.id FROM e FULL JOIN f USING (id)",
        "SELECT v FROM (SELECT e.id AS a, f.id AS b FROM e CROSS JOIN f)"
            + " UNPIVOT (v FOR n IN (a, b))",
        "SELECT v FROM VALUES (9007199254740993), (0.5D) AS t(v), e, f"
      })
  void everyPlaceOfAQueryIsJudged(String query) {
    assertThat(lake.problems(sql(query).from("e", exact).from("f", floating)))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("TYPE_MISMATCH"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small = id",
        "price = id",
        "price > 0.5",
        "id > 0.5",
        "id > 1e6",
        "id = 7D",
        "price <> 0.1D",
        "amount > 0.1",
        "day = '2026-03-01'",
        "day IN ('2026-03-01', '2026-03-02')",
        "day BETWEEN '2026-03-01' AND '2026-03-31'",
        "at >= '2026-03-01'",
        "at >= '2026-03-01 12:00:00.123456'",
        "at >= day",
        "local >= day",
        "at = local",
        "small IN ('1', '2')",
        "small = '07'",
        "code = '7'",
        "coalesce(code, '') = ''",
        "coalesce(small, 0) = 0",
        "coalesce(price, 0) = 0",
        "code = CAST(small AS STRING)",
        "id = CAST(1.5D AS BIGINT)",
        "CAST(id AS DOUBLE) = 9007199254740992D",
        "id::DOUBLE = double(small)",
        "id * 0.5D > small",
        "nullif(small, 0) = id"
      })
  void whatIsExactIsFree(String condition) {
    lake.compile(exact.where(condition).drop("local").to(delta("mart/free").overwrite()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = 9007199254740992D",
        "CAST(small AS DOUBLE) = 9007199254740993",
        "CAST(small AS DOUBLE) = '9007199254740993'",
        "CAST(small AS DOUBLE) > 0.12345678901234567890",
        "small = '1.5'",
        "small IN ('1', 'x')",
        "code = 7",
        "day = '2026-03-01 12:00:00'",
        "at = '2026-03-01 12:00:00.1234567'",
        "local = '2026-03-01 12:00:00+09:00'",
        "coalesce(CAST(id AS DOUBLE), 9007199254740993) = 1",
        "coalesce(id, 0.5D) = 1",
        "amount > CAST(0.1234567 AS DECIMAL(38,37))"
      })
  void aConstantIsJudgedByItsValue(String condition) {
    assertThat(lake.problem(exact.where(condition).drop("local")).code())
        .isEqualTo("TYPE_MISMATCH");
  }

  @Test
  void nativeCodeIsJudged() {
    Rows joined =
        exact
            .select("id")
            .transform(
                "mixed",
                SparkTransform.of(rows -> rows.union(rows.select(rows.col("id").cast("double")))));
    Rows cast =
        exact.transform(
            "cast", SparkTransform.of(rows -> rows.where(rows.col("id").cast("double").gt(0.5))));

    assertThat(lake.problem(joined).code()).isEqualTo("TYPE_MISMATCH");
    lake.compile(cast.drop("local").to(delta("mart/cast").overwrite()));
  }

  @Test
  void aPredicateOfACheckIsJudged() {
    Problem problem = lake.problem(exact.drop("local").expect(satisfies("id >= code")));

    assertThat(problem.code()).isEqualTo("TYPE_MISMATCH");
    assertThat(problem.place().orElseThrow()).startsWith("expect (");
  }

  @Test
  void aCheckAsksForTextsThatValuesHave() {
    Problem problem = lake.problem(exact.drop("local").expect(oneOf("price", "0.1", "1.00")));

    assertThat(problem.code()).isEqualTo("TYPE_MISMATCH");
    assertThat(problem.message())
        .isEqualTo(
            "Cannot expect 'price' (DECIMAL(5,2)) to be '0.1': none of its values has this text.");
    assertThat(problem.fix()).isEqualTo("write '0.10'.");
    assertThat(lake.problem(exact.drop("local").expect(oneOf("day", "yesterday"))).fix())
        .isEqualTo("write a value of the type DATE.");
    assertThat(
            lake.problem(exact.select("array(code) AS codes").expect(oneOf("codes", "[7]"))).code())
        .isEqualTo("TYPE_MISMATCH");
  }
}
