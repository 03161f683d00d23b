package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A subquery gives the rows that SQL defines, or is refused, because Spark replaces it by a join.
 */
@Tag("spark")
final class SubqueriesTest {
  /** The meaning of {@code a IN (SELECT x FROM i)}, written without IN. */
  private static final String MEANING =
      """
      (CASE WHEN EXISTS (SELECT 1 FROM i WHERE i.x = t.a) THEN true
        WHEN t.a IS NULL AND EXISTS (SELECT 1 FROM i) THEN NULL
        WHEN EXISTS (SELECT 1 FROM i WHERE i.x IS NULL) THEN NULL
        ELSE false END)
      """;

  private static final Map<String, String> TABLES =
      Map.of(
          "t",
          "SELECT * FROM VALUES (1, true), (2, true), (2, false), (NULL, true), (NULL, NULL), (3,"
              + " NULL) AS v (a, b)",
          "with_null",
          "SELECT * FROM VALUES (1), (3), (NULL) AS v (x)",
          "without_null",
          "SELECT * FROM VALUES (1), (3) AS v (x)",
          "empty",
          "SELECT 1 AS x WHERE false",
          "ranked",
          "SELECT id AS k, 10 * id AS v FROM range(1, 21)",
          "some",
          "SELECT id AS k FROM range(1, 21, 2)",
          "prices",
          "SELECT *, CAST(at AS SMALLINT) AS small FROM VALUES ('a', 1, 10, 'a'), ('a', 3, 30,"
              + " 'b'), ('a', 4, 40, 'a'), ('a', 4, 41, 'c'), ('b', 2, 20, 'b'), ('b', 2, 21,"
              + " 'b'), ('b', 9, 90, NULL), (NULL, 1, 7, NULL), (NULL, 4, 8, 'a') AS v (item, at,"
              + " price, name)",
          "sales",
          "SELECT *, CAST(at AS SMALLINT) AS small FROM VALUES (1, 'a', 0), (2, 'a', 3), (3, 'a',"
              + " 4), (4, 'a', 4), (5, 'b', 2), (6, 'b', 9), (7, 'c', 3), (8, NULL, 2), (9, NULL,"
              + " 9), (10, 'a', NULL) AS v (id, item, at)");

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    TABLES.forEach((name, rows) -> lake.table("raw/" + name, rows));
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
  void inIsRightOrRefused(String query) {
    for (String table : new String[] {"with_null", "without_null", "empty"}) {
      Rows said =
          sql(query.formatted("t.a IN (SELECT i.x FROM i)"))
              .from("t", read(delta("raw/t")))
              .from("i", read(delta("raw/" + table).orEmpty()));
      String means =
          "WITH t AS (%s), i AS (%s) ".formatted(TABLES.get("t"), TABLES.get(table))
              + query.formatted(MEANING);
      try {
        assertThat(rows(said)).as(table).isEqualTo(rows(lake.sql(means)));
      } catch (InvalidPipelineException e) {
        assertThat(e.problems()).extracting(Problem::code).containsOnly("UNSUPPORTED_STEP");
      }
    }
  }

  /** Conditions that compare a subquery with outer rows, and whether they are accepted. */
  static Stream<Arguments> comparisons() {
    return Stream.of(
            arguments("p.item = o.item", true),
            arguments("p.item <=> o.item", true),
            arguments("p.at <= o.at", true),
            arguments("p.item = o.item AND p.at <= o.at", true),
            arguments("p.item <=> o.item AND p.at < o.at", true),
            arguments("p.item = o.item AND p.at BETWEEN o.at - 2 AND o.at", true),
            arguments("p.item = o.item AND p.at = o.at", true),
            arguments("p.at + 1 = o.at", true),
            arguments("p.at = o.at AND p.price > o.at", true),
            arguments("p.item IN (o.item, 'b')", true),
            arguments("p.item = o.item OR p.at = o.at", true),
            arguments("coalesce(p.item, '-') = coalesce(o.item, '-')", true),
            arguments("o.at > 3", false),
            arguments("p.item = o.item AND o.at > 3", false),
            arguments("p.item = o.item AND p.name = o.item", false),
            arguments("p.at = o.small", false),
            arguments("p.small = o.at", false),
            arguments("p.at = o.at + 1", false))
        .flatMap(
            comparison ->
                Stream.of("LIMIT 2", "LIMIT 1 OFFSET 1")
                    .map(taken -> arguments(comparison.get()[0], taken, comparison.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void aLimitSelectsFromTheMatchingRows(String condition, String taken, boolean accepted) {
    int skipped = taken.contains("OFFSET") ? 1 : 0;
    int last = taken.startsWith("LIMIT") ? skipped + (taken.charAt(6) - '0') : 99;
    String means =
        """
        SELECT id, price FROM (
          SELECT o.id, p.price, row_number() OVER (PARTITION BY o.id ORDER BY p.price) AS n
          FROM sales o JOIN prices p ON %s)
        WHERE n > %d AND n <= %d
        """;
    String said =
        "SELECT o.id, l.price FROM sales o JOIN LATERAL (SELECT p.price FROM prices p WHERE %s"
            + " ORDER BY p.price %s) AS l";

    Optional<String> refused =
        sameOrRefused(said.formatted(condition, taken), means.formatted(condition, skipped, last));

    assertThat(refused.isEmpty()).as(refused.orElse("")).isEqualTo(accepted);
  }

  /** Rows that a limit selects from, and whether Spark selects the right ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM prices UNION ALL SELECT * FROM prices WHERE at = 4 | true",
        "SELECT * FROM prices q WHERE q.at < o.at UNION ALL SELECT * FROM prices q WHERE q.item ="
            + " o.item | true",
        "SELECT * FROM prices q WHERE q.at < o.at EXCEPT SELECT * FROM prices q WHERE q.item ="
            + " o.item | true",
        "SELECT q.* FROM prices q JOIN prices r ON q.at = r.at AND r.item < o.item | true",
        "SELECT q.* FROM prices q LEFT JOIN prices r ON q.at = r.at AND r.item = o.item | true",
        "SELECT at, count(*) AS price FROM prices q WHERE q.item = o.item GROUP BY at | true",
        "SELECT max(at) AS at, count(*) AS price FROM prices q WHERE q.at < o.at | true",
        "SELECT DISTINCT item, at, at AS price FROM prices q WHERE q.at < o.at | true",
        "SELECT at, price + o.at AS price FROM prices q | true",
        "SELECT at, x AS price FROM prices q LATERAL VIEW explode(array(q.at, 3)) e AS x | true",
        "WITH w AS (SELECT * FROM prices) SELECT * FROM w | true",
        "WITH w AS (SELECT * FROM prices q WHERE q.item = o.item) SELECT * FROM w | false",
      })
  void aLimitSelectsFromRowsOfAnySource(String rows, boolean accepted) {
    String means =
        "SELECT id, price FROM (SELECT o.id, p.price, row_number() OVER (PARTITION BY o.id ORDER"
            + " BY p.price) AS n FROM sales o JOIN LATERAL (SELECT p.price FROM (%s) p WHERE p.at"
            + " <= o.at) AS p) WHERE n <= 2";
    String said =
        "SELECT o.id, l.price FROM sales o JOIN LATERAL (SELECT p.price FROM (%s) p WHERE p.at <="
            + " o.at ORDER BY p.price LIMIT 2) AS l";

    Optional<String> refused = sameOrRefused(said.formatted(rows), means.formatted(rows));

    assertThat(refused.isEmpty()).as(refused.orElse("")).isEqualTo(accepted);
  }

  private static Optional<String> sameOrRefused(String said, String means) {
    try {
      assertThat(rows(said))
          .isEqualTo(
              rows(
                  lake.sql(
                      "WITH sales AS (%s), prices AS (%s) "
                              .formatted(TABLES.get("sales"), TABLES.get("prices"))
                          + means)));
      return Optional.empty();
    } catch (InvalidPipelineException e) {
      assertThat(e.problems()).hasSize(1);
      assertThat(e.problems().get(0).message()).contains("LIMIT or OFFSET in a subquery");
      return Optional.of(e.getMessage());
    }
  }

  private static List<String> rows(String query) {
    return rows(
        sql(query)
            .from("sales", read(delta("raw/sales")))
            .from("prices", read(delta("raw/prices"))));
  }

  private static List<String> rows(Rows rows) {
    return lake.engine().view(rows, Optional.empty()).first(1000).rows().stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static List<String> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> Optional.ofNullable(row.get(i)).map(String::valueOf))
                    .toList()
                    .toString())
        .sorted()
        .toList();
  }

  /** A correlated NOT IN becomes part of another join, which is wrong about NULL. */
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
  void aCorrelatedNotInIsRefused(String query) {
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
  void aQueryThatSparkComputesRightlyIsAccepted(String query) {
    lake.compile(
        sql(query)
            .from("t", read(delta("raw/t")))
            .from("i", read(delta("raw/with_null")))
            .to(delta("mart/in").overwrite()));
  }

  @Test
  void aSubqueryOverLimitedRowsSeesOnlyThose() {
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

  /** Spark's optimizer would move the subquery below the union, and fail. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(SELECT count(*) FROM i WHERE i.k = u.k)",
        "coalesce((SELECT i.k - u.k + 1 FROM i WHERE i.k = u.k), 0)",
        "coalesce((SELECT i.k FROM i WHERE i.k = u.k ORDER BY i.k LIMIT 1), 0) - IF(u.k = 19, 18,"
            + " 0)",
        "IF(EXISTS (SELECT 1 FROM i WHERE i.k = u.k), 1, 0)",
        "(SELECT count(o.k) FROM u AS o JOIN i ON o.k = i.k WHERE o.k = u.k)",
      })
  void aSubqueryMayReferToTheRowsOfAUnion(String subquery) {
    Rows ranked = read(delta("raw/ranked"));
    String output = "mart/union-" + Integer.toHexString(subquery.hashCode());

    lake.succeed(
        sql("SELECT k, CAST(" + subquery + " AS BIGINT) AS n FROM u")
            .from("u", ranked.where("k <= 2").union(ranked.where("k = 19")))
            .from("i", read(delta("raw/some")))
            .to(delta(output).overwrite()));

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (1L, 1L), (2L, 0L), (19L, 1L) AS v (k, n)"),
        lake.rows(output));
  }

  /** The rows of an ordered table come in its order through whatever hands them on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k FROM t LIMIT 2",
        "SELECT k FROM (SELECT * FROM i ORDER BY v DESC) LIMIT 2",
        "WITH r AS (SELECT * FROM i ORDER BY v DESC) SELECT k FROM r LIMIT 2",
        "WITH r AS (SELECT * FROM i ORDER BY v DESC LIMIT 3) SELECT k FROM r LIMIT 2",
        "WITH r AS (SELECT * FROM i ORDER BY v DESC), q AS (SELECT k FROM r) SELECT k FROM q LIMIT"
            + " 2",
        "WITH r AS (SELECT * FROM t) SELECT k FROM r LIMIT 2",
        "SELECT k FROM (WITH r AS (SELECT * FROM i ORDER BY v DESC) SELECT k FROM r) LIMIT 2",
        "SELECT k FROM t WHERE k IN (10, (WITH r AS (SELECT k FROM t) SELECT k FROM r LIMIT 1), 19)"
            + " LIMIT 2",
        "SELECT k FROM (SELECT k, explode(array(1)) AS e FROM t) LIMIT 2",
        "SELECT k FROM t LATERAL VIEW explode(array(1)) g AS e LIMIT 2",
      })
  void anOrderIsKeptBelowALimit(String query) {
    String output = "mart/kept-order-" + query.hashCode();
    lake.succeed(
        sql(query)
            .from("t", read(delta("raw/ranked")).orderBy("v DESC"))
            .from("i", read(delta("raw/ranked")))
            .to(delta(output).overwrite()));

    assertSameRows(
        lake.sql("SELECT k FROM delta.`{lake}/raw/ranked` ORDER BY v DESC LIMIT 2"),
        lake.rows(output));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.k FROM t JOIN i ON t.k = i.k LIMIT 3",
        "SELECT t.k FROM i LEFT JOIN t ON t.k = i.k LIMIT 3",
        "SELECT k FROM (SELECT k FROM t UNION ALL SELECT k FROM i) LIMIT 3",
        "SELECT k FROM (SELECT k, row_number() OVER (ORDER BY k) AS n FROM t) LIMIT 3",
        "WITH r AS (SELECT t.k FROM t JOIN i ON t.k = i.k) SELECT k FROM r LIMIT 3",
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
  void aSubqueryWithoutCorrelationKeepsTheOrder(String query) {
    lake.succeed(
        sql(query)
            .from("t", read(delta("raw/ranked")).orderBy("v DESC"))
            .from("i", read(delta("raw/some")))
            .to(delta("mart/single").overwrite()));

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (18L), (17L) AS v (k)"), lake.rows("mart/single"));
  }
}
