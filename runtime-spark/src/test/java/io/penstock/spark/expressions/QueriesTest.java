package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query sees only the rows that it was given, and is no other statement. */
@Tag("spark")
final class QueriesTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows orders = read(delta("raw/orders"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/orders", "SELECT id AS id, id % 2 AS odd FROM range(4)");
    lake.spark().range(1).createOrReplaceTempView("outside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM outside",
        "SELECT * FROM o JOIN outside USING (id)",
        "SELECT * FROM delta.`/tmp/other`",
        "SELECT * FROM csv.`/etc/passwd`",
        "SELECT * FROM text.`/etc/passwd`",
        "WITH w AS (SELECT * FROM outside) SELECT * FROM w",
        "SELECT * FROM o WHERE id IN (SELECT id FROM outside)",
        "SELECT (SELECT max(id) FROM outside) AS x FROM o",
        "SELECT * FROM o WHERE EXISTS (WITH w AS (SELECT * FROM outside) SELECT * FROM w)",
        "SELECT * FROM o UNION ALL SELECT id, id FROM spark_catalog.default.outside",
        "TABLE outside",
        "SELECT * FROM IDENTIFIER('outside')",
        "SELECT * FROM IDENTIFIER('out' || 'side')",
        "SELECT * FROM o WHERE id IN (SELECT id FROM IDENTIFIER('outside'))",
        "SELECT * FROM table_changes_by_path('/tmp/other', 0)",
        "SELECT * FROM table_changes('other', 0)"
      })
  void aTableThatWasNotNamedIsRefused(String query) {
    Problem problem = lake.problem(sql(query).from("o", orders));

    assertThat(problem.code()).isEqualTo("UNKNOWN_TABLE");
    assertThat(problem.message()).contains("sees only the rows named by from(…)");
    assertThat(problem.fix()).endsWith("Tables: o.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE o",
        "CREATE TABLE t AS SELECT * FROM o",
        "INSERT INTO o SELECT * FROM o",
        "INSERT OVERWRITE DIRECTORY '/tmp/penstock-must-not-exist' USING csv SELECT * FROM o",
        "FROM o INSERT INTO a SELECT * INSERT INTO b SELECT *",
        "DELETE FROM o",
        "UPDATE o SET id = 1",
        "MERGE INTO o USING o AS p ON o.id = p.id WHEN MATCHED THEN DELETE",
        "SET spark.sql.ansi.enabled=false",
        "CACHE TABLE x AS SELECT * FROM o",
        "EXPLAIN SELECT * FROM o",
        "SHOW TABLES",
        "DESCRIBE o",
        "USE other",
        "VACUUM o",
        "OPTIMIZE o",
        "CREATE OR REPLACE TEMP VIEW v AS SELECT 1"
      })
  void aStatementThatIsNotAQueryIsRefused(String statement) {
    assertThat(lake.problem(sql(statement).from("o", orders)).code()).isEqualTo("NOT_A_QUERY");
    assertThat(Path.of("/tmp/penstock-must-not-exist")).doesNotExist();
  }

  @Test
  void namesAreResolvedInSubqueriesAndDefinitionsInAnyCase() {
    Rows query =
        sql("WITH w AS (SELECT id FROM Orders), v AS (SELECT * FROM w) SELECT o.id, (SELECT"
                + " count(*) FROM ORDERS) AS n FROM v JOIN `orders` o USING (id) WHERE o.id IN"
                + " (SELECT id FROM few)")
            .from("orders", orders)
            .from("few", orders.where("odd = 1"));

    assertThat(lake.engine().view(query.orderBy("id"), Optional.empty()).first(9).rows())
        .hasToString("[[Optional[1], Optional[4]], [Optional[3], Optional[4]]]");
  }

  @Test
  void rowsThatAreShownUseTheGivenParameters() {
    Map<String, TypedValue> arguments =
        Map.of(
            "least", new TypedValue(ValueType.INTEGER, 3),
            "unused", new TypedValue(ValueType.STRING, "a"));

    assertThat(lake.engine().view(orders.where("id < :least"), Optional.empty(), arguments).count())
        .isEqualTo(3);
  }

  @Test
  void tableFunctionsCanBeUsed() {
    Rows query =
        sql("SELECT id, x FROM range(2) CROSS JOIN (SELECT explode(array(7, 8)) AS x)")
            .from("o", orders);

    assertThat(lake.engine().view(query, Optional.empty()).count()).isEqualTo(4);
  }

  @Test
  void aNameCanNotBeDefinedTwice() {
    Problem problem =
        lake.problem(sql("WITH O AS (SELECT 1 AS x) SELECT * FROM o").from("o", orders));

    assertThat(problem.code()).isEqualTo("SAME_TABLE_NAME");
  }

  @Test
  void aQueryThatDoesNotParseIsReported() {
    Problem problem = lake.problem(sql("SELEC id FROM o").from("o", orders));

    assertThat(problem.code()).isEqualTo("SYNTAX_ERROR");
    assertThat(problem.message()).contains("'SELEC'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p.id, (FROM o |> WHERE o.id = p.id |> ORDER BY id |> LIMIT 1) AS same FROM o p",
        "SELECT id FROM o ORDER BY id IN (SELECT id FROM o)"
      })
  void aMessageShowsOnlyTheTopNodeOfAPlan(String query) {
    Problem problem = lake.problem(sql(query).from("o", orders));

    assertThat(problem.message()).doesNotContain("+- ").doesNotContainPattern("#\\d");
  }
}
