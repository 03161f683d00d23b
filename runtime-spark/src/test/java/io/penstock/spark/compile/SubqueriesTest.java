package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subquery gives what the language says, or is refused: Spark makes joins of them. */
final class SubqueriesTest {
  /** What {@code a IN (SELECT x FROM i)} means, said without IN. */
  private static final String MEANING =
      """
      (CASE WHEN EXISTS (SELECT 1 FROM i WHERE i.x = t.a) THEN true
        WHEN t.a IS NULL AND EXISTS (SELECT 1 FROM i) THEN NULL
        WHEN EXISTS (SELECT 1 FROM i WHERE i.x IS NULL) THEN NULL
        ELSE false END)
      """;

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/t",
        "SELECT * FROM VALUES (1, true), (2, true), (2, false), (NULL, true), (NULL, NULL), (3,"
            + " NULL) AS v (a, b)");
    lake.table("raw/with_null", "SELECT * FROM VALUES (1), (3), (NULL) AS v (x)");
    lake.table("raw/without_null", "SELECT * FROM VALUES (1), (3) AS v (x)");
    lake.table("raw/empty", "SELECT 1 AS x WHERE false");
    lake.table("raw/ranked", "SELECT id AS k, 10 * id AS v FROM range(1, 21)");
    lake.table("raw/some", "SELECT id AS k FROM range(1, 21, 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b FROM t WHERE %s",
        "SELECT a, b FROM t WHERE NOT %s",
        "SELECT a, b FROM t WHERE b AND %s",
        "SELECT a, b FROM t WHERE b AND NOT %s",
        "SELECT a, b FROM t WHERE b OR %s",
        "SELECT a, b FROM t WHERE b OR NOT %s",
        "SELECT a, b FROM t WHERE NOT (b AND %s)",
        "SELECT a, b FROM t WHERE NOT (b OR %s)",
        "SELECT a, b FROM t WHERE (%s) IS NULL",
        "SELECT a, b FROM t WHERE (%s) IS NOT TRUE",
        "SELECT a, b FROM t WHERE coalesce(%s, true)",
        "SELECT a, b FROM t WHERE (%s) = b",
        "SELECT a, b FROM t WHERE (%s) <=> b",
        "SELECT a, %s AS found FROM t",
        "SELECT a, NOT %s AS found FROM t",
        "SELECT a, CASE WHEN %s THEN 'in' ELSE 'out or unknown' END AS s FROM t",
        "SELECT a, if(%s AND b, 1, 0) AS n FROM t",
        "SELECT a, if(b, 1, CASE WHEN a > 1 THEN 2 WHEN b OR %s THEN 3 END) AS n FROM t",
        "SELECT count(*) FILTER (WHERE %s) AS n FROM t",
        "SELECT a, CASE WHEN %s THEN 'in' WHEN NOT %1$s THEN 'out' ELSE 'unknown' END AS s FROM t",
        "SELECT a, count(*) AS n FROM t GROUP BY a HAVING max(%s)",
        "SELECT a, count(*) FILTER (WHERE NOT %s) AS n FROM t GROUP BY a",
        "SELECT t.a, i.x FROM t JOIN i ON %s",
        "SELECT t.a, i.x FROM t JOIN i ON NOT %s",
        "SELECT t.a, i.x FROM t LEFT JOIN i ON t.a = i.x AND NOT %s",
        "SELECT t.a, i.x FROM t LEFT JOIN i ON t.a = i.x AND %s",
        "SELECT t.a, i.x FROM t FULL JOIN i ON t.a < i.x OR %s",
        "SELECT t.a, i.x FROM t FULL JOIN i ON NOT %s",
      })
  void inMeansWhatTheLanguageSaysOrIsRefused(String query) {
    String out = "mart/" + Integer.toHexString(query.hashCode());
    for (String table : new String[] {"raw/with_null", "raw/without_null", "raw/empty"}) {
      String in = query.formatted("t.a IN (SELECT i.x FROM i)");
      Rows rows = sql(in).from("t", read(delta("raw/t"))).from("i", read(delta(table).orEmpty()));
      try {
        lake.compile(rows.to(delta(out).overwrite()));
      } catch (InvalidPipelineException e) {
        assertThat(e.problems()).extracting(Problem::code).containsOnly("UNSUPPORTED_STEP");
        continue;
      }
      lake.succeed(rows.to(delta(out).overwrite()));
      assertSameRows(
          lake.sql(
              "WITH t AS (SELECT * FROM delta.`{lake}/raw/t`), i AS (SELECT * FROM delta.`{lake}/"
                  + table
                  + "`) "
                  + query.formatted(MEANING)),
          lake.rows(out));
    }
  }

  /** A cast of either side keeps Spark from knowing which rows a limit is to count. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, (SELECT v FROM r WHERE r.k = t.n ORDER BY v LIMIT 1) AS v FROM t",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k = t.n ORDER BY v LIMIT 2) AS"
            + " l",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k = t.n ORDER BY v OFFSET 1) AS"
            + " l",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k + 1 = t.k ORDER BY v LIMIT 1)"
            + " AS l",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k < t.k ORDER BY v LIMIT 1)"
            + " AS l",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k <=> t.k ORDER BY v LIMIT 1)"
            + " AS l",
        "SELECT n, l.v FROM t JOIN LATERAL (SELECT v FROM r WHERE r.k = t.k AND r.v = t.k ORDER BY"
            + " v LIMIT 1) AS l",
        "SELECT n FROM t WHERE EXISTS (SELECT 1 FROM r WHERE r.k = t.n LIMIT 1)",
        "SELECT n, l.v FROM t JOIN LATERAL (WITH w AS (SELECT v FROM r WHERE r.k = t.k ORDER BY v)"
            + " SELECT v FROM w LIMIT 1) AS l",
      })
  void aLimitOfRowsThatAreComparedByACastIsRefused(String query) {
    Rows rows =
        sql(query)
            .from("t", read(delta("raw/some")).select("k", "CAST(k AS INT) AS n"))
            .from("r", read(delta("raw/ranked")));

    assertThat(lake.problem(rows).code()).isEqualTo("UNSUPPORTED_STEP");
  }

  @Test
  void aLimitOfRowsThatAreComparedAsTheyAreIsRight() {
    lake.succeed(
        sql("SELECT k, (SELECT v FROM r WHERE r.k = t.k ORDER BY v LIMIT 1) AS v FROM t")
            .from("t", read(delta("raw/some")))
            .from("r", read(delta("raw/ranked")))
            .to(delta("mart/limited").overwrite()));

    assertSameRows(
        lake.sql("SELECT id AS k, 10 * id AS v FROM range(1, 21, 2)"), lake.rows("mart/limited"));
  }

  /** What refers to rows outside becomes part of another join, which knows nothing of NULL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.a, l.x FROM t LEFT JOIN LATERAL (SELECT x FROM i WHERE t.a NOT IN (SELECT x FROM"
            + " i)) AS l ON true",
        "SELECT t.a, l.x FROM t JOIN LATERAL (SELECT x FROM i WHERE x = 1 AND t.a + x NOT IN"
            + " (SELECT x FROM i)) AS l ON true",
        "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM i WHERE t.a NOT IN (SELECT x FROM i))",
        "SELECT a, (SELECT max(x) FROM i WHERE t.a NOT IN (SELECT x FROM i)) AS m FROM t",
      })
  void aNotInThatRefersToRowsOutsideIsRefused(String query) {
    Rows rows = sql(query).from("t", read(delta("raw/t"))).from("i", read(delta("raw/with_null")));

    assertThat(lake.problem(rows).code()).isEqualTo("UNSUPPORTED_STEP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.a, l.x FROM t LEFT JOIN LATERAL (SELECT x FROM i WHERE t.a IN (SELECT x FROM i))"
            + " AS l ON true",
        "SELECT a FROM t WHERE a IN (SELECT x FROM i)",
        "SELECT a FROM t WHERE a NOT IN (SELECT x FROM i)",
        "SELECT a FROM t WHERE b OR a IN (SELECT x FROM i)",
        "SELECT a, coalesce(a, 0) IN (SELECT coalesce(x, 0) FROM i) AS found FROM t",
        "SELECT a, CASE WHEN a IN (SELECT x FROM i) THEN 'in' ELSE 'out or unknown' END AS s FROM"
            + " t",
        "SELECT a, if(a IN (SELECT x FROM i) AND b, 1, 0) AS n FROM t",
        "SELECT count(*) FILTER (WHERE a IN (SELECT x FROM i)) AS n FROM t",
      })
  void whatIsRightIsNotRefused(String query) {
    lake.compile(
        sql(query)
            .from("t", read(delta("raw/t")))
            .from("i", read(delta("raw/with_null")))
            .to(delta("mart/in").overwrite()));
  }

  @Test
  void whatASubqueryReadsOfTheFirstRowsIsOfTheFirstRows() {
    Rows top = read(delta("raw/ranked")).orderBy("v DESC").limit(3);

    lake.succeed(
        sql("SELECT k, (SELECT count(*) FROM i WHERE i.k = t.k) AS n FROM t")
            .from("t", top)
            .from("i", read(delta("raw/some")))
            .to(delta("mart/top").overwrite()));
    assertSameRows(
        lake.sql("SELECT * FROM VALUES (20L, 0L), (19L, 1L), (18L, 0L) AS v (k, n)"),
        lake.rows("mart/top"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, (SELECT count(*) FROM i WHERE i.k = t.k) AS n FROM t LIMIT 3",
        "SELECT k FROM t WHERE k IN (SELECT k FROM i) LIMIT 3",
        "SELECT k FROM t WHERE EXISTS (SELECT 1 FROM i WHERE i.k = t.k) LIMIT 3",
      })
  void anOrderBelowASubqueryIsLost(String query) {
    Problem problem =
        lake.problem(
            sql(query)
                .from("t", read(delta("raw/ranked")).orderBy("v DESC"))
                .from("i", read(delta("raw/some"))));

    assertThat(problem.code()).isEqualTo("NOT_REPEATABLE");
    assertThat(problem.message()).contains("their order is lost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k FROM t WHERE k <= (SELECT max(k) - 1 FROM i) LIMIT 2",
        "SELECT k FROM t WHERE k < 19 AND EXISTS (SELECT 1 FROM i) LIMIT 2",
      })
  void aSingleValueLosesNoOrder(String query) {
    lake.succeed(
        sql(query)
            .from("t", read(delta("raw/ranked")).orderBy("v DESC"))
            .from("i", read(delta("raw/some")))
            .to(delta("mart/single").overwrite()));

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (18L), (17L) AS v (k)"), lake.rows("mart/single"));
  }
}
