package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems with the columns, types and functions of expressions. */
@Tag("spark")
final class ColumnProblemsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows orders = read(delta("raw/orders"));
  private final Rows users = read(delta("raw/users"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/orders",
        "SELECT 1 AS id, 7 AS userid, 2.50BD AS unit_price, 3 AS quantity,"
            + " named_struct('city', 'Seoul') AS address");
    lake.table("raw/users", "SELECT 7 AS id, 'Ann' AS name");
  }

  @Test
  void everyBadExpressionOfASelectIsReportedWithASuggestionAndTheColumns() {
    List<Problem> problems =
        lake.problems(orders.select("id", "unit_prise", "quantity * unit_prce AS x", "nonsense"));

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly(
            "Cannot find 'unit_prise' in \"unit_prise\".",
            "Cannot find 'unit_prce' in \"quantity * unit_prce AS x\".",
            "Cannot find 'nonsense' in \"nonsense\".");
    assertThat(problems)
        .extracting(Problem::fix)
        .containsExactly(
            "did you mean 'unit_price'? Columns: id, userid, unit_price, quantity, address.",
            "did you mean 'unit_price'? Columns: id, userid, unit_price, quantity, address.",
            "Columns: id, userid, unit_price, quantity, address.");
    assertThat(problems).extracting(Problem::code).containsOnly("UNRESOLVED_COLUMN");
    assertThat(problems.get(0).place().orElseThrow())
        .matches("select \\(ColumnProblemsTest.java:\\d+\\)");
  }

  @Test
  void aReportHasTheFormThatUsersRead() {
    Rows rows =
        orders
            .where("quantitee > 0")
            .groupBy("userid")
            .aggregate("sum(quantity * unit_prise) AS revenue");
    String message = lake.invalid(rows.to(delta("mart/out").overwrite())).getMessage();

    assertThat(message.replaceAll("\\.java:\\d+", ".java:0"))
        .isEqualTo(
            """
            Pipeline 'tested' is invalid: 2 problems.
            1. UNRESOLVED_COLUMN at where (ColumnProblemsTest.java:0)
               Cannot find 'quantitee' in "quantitee > 0".
               Fix: did you mean 'quantity'? Columns: id, userid, unit_price, quantity, address.
            2. UNRESOLVED_COLUMN at aggregate (ColumnProblemsTest.java:0)
               Cannot find 'unit_prise' in "sum(quantity * unit_prise) AS revenue".
               Fix: did you mean 'unit_price'? Columns: id, userid, unit_price, quantity, address.\
            """);
  }

  @Test
  void keysAndColumnsOfAnAggregateAreReportedTogether() {
    assertThat(
            lake.problems(
                orders.groupBy("user_id", "id").aggregate("sum(quantty) AS q", "max(pric) AS p")))
        .extracting(Problem::message)
        .containsExactly(
            "Cannot find 'user_id' in \"user_id\".",
            "Cannot find 'quantty' in \"sum(quantty) AS q\".",
            "Cannot find 'pric' in \"max(pric) AS p\".");
  }

  @Test
  void aColumnOutsideOfAnAggregateIsReported() {
    Problem problem = lake.problem(orders.groupBy("userid").aggregate("unit_price AS p"));

    assertThat(problem.code()).isEqualTo("MISSING_AGGREGATION");
    assertThat(problem.message()).contains("unit_price");
  }

  @Test
  void withDropAndRenameNameTheMissingColumn() {
    assertUnresolved(orders.with("x", "quantty + 1"), "'quantty' in \"quantty + 1\"", "quantity");
    assertUnresolved(orders.rename("quantty", "q"), "'quantty'", "quantity");
    assertThat(lake.problems(orders.drop("quantty", "id", "usrid")))
        .extracting(Problem::message)
        .containsExactly("Cannot find 'quantty'.", "Cannot find 'usrid'.");
  }

  @Test
  void orderAndKeysNameTheMissingColumns() {
    assertThat(lake.problems(orders.orderBy("quantty DESC", "id", "usrid")))
        .extracting(Problem::message)
        .containsExactly(
            "Cannot find 'quantty' in \"quantty DESC\".", "Cannot find 'usrid' in \"usrid\".");
    assertThat(lake.problems(orders.latestBy(keys("usrid"), "quantty", "id")))
        .extracting(Problem::message)
        .containsExactly("Cannot find 'usrid'.", "Cannot find 'quantty' in \"quantty\".");
  }

  @Test
  void aJoinSaysOnWhichSideAColumnIsMissing() {
    assertThat(lake.problem(orders.join(users).using("userid")).message())
        .isEqualTo("Cannot find 'userid' on the right side of the join.");
    assertThat(lake.problem(orders.join(users).using("name")).message())
        .isEqualTo("Cannot find 'name' on the left side of the join.");
    assertUnresolved(
        orders.as("o").join(users.as("u")).on("o.userid = u.userid"),
        "'u.userid' in \"o.userid = u.userid\"",
        "o.userid");
  }

  @Test
  void anAmbiguousNameNamesBothSides() {
    Problem inOn = lake.problem(orders.as("o").join(users.as("u")).on("id = userid"));
    Problem later =
        lake.problem(
            orders
                .as("o")
                .join(users.as("u"))
                .on("o.userid = u.id")
                .where("id > 0")
                .select("name"));

    assertThat(inOn.code()).isEqualTo("AMBIGUOUS_COLUMN");
    assertThat(inOn.message())
        .isEqualTo(
            "Cannot tell which column 'id' is meant in \"id = userid\": it could be o.id or u.id.");
    assertThat(later.message())
        .isEqualTo(
            "Cannot tell which column 'id' is meant in \"id > 0\": it could be o.id or u.id.");
    assertThat(later.fix()).contains("'a.id'");
  }

  @Test
  void anAmbiguousNameWithoutAliasesNamesTheStepsThatWereJoined() {
    Rows both = orders.join(orders).using("userid");

    assertThat(lake.problem(both.select("id")).message())
        .matches(
            "Cannot tell which column 'id' is meant in \"id\": read"
                + " \\(ColumnProblemsTest.java:\\d+\\) and read \\(ColumnProblemsTest.java:\\d+\\),"
                + " joined at ColumnProblemsTest.java:\\d+, both have it\\.");
  }

  @Test
  void aMissingFieldIsReportedWithTheFields() {
    Problem problem = lake.problem(orders.select("address.cty"));

    assertThat(problem.code()).isEqualTo("UNRESOLVED_COLUMN");
    assertThat(problem.message()).isEqualTo("Cannot find 'cty' in \"address.cty\".");
    assertThat(problem.fix()).isEqualTo("did you mean 'city'? Fields: city.");
  }

  @Test
  void typesThatDoNotFitAreReported() {
    Problem compared = lake.problem(orders.where("address > 3"));
    Problem condition = lake.problem(orders.where("quantity + 1"));

    assertThat(compared.code()).isEqualTo("TYPE_MISMATCH");
    assertThat(compared.message()).contains("address").contains("\"address > 3\"");
    assertThat(compared.fix()).contains("CAST");
    assertThat(condition.message()).contains("not a boolean").contains("\"quantity + 1\"");
  }

  @Test
  void anUnknownFunctionComesWithASuggestion() {
    Problem problem = lake.problem(orders.select("uper(address.city) AS city"));

    assertThat(problem.code()).isEqualTo("UNKNOWN_FUNCTION");
    assertThat(problem.message())
        .isEqualTo("Cannot find function 'uper' in \"uper(address.city) AS city\".");
    assertThat(problem.fix()).isEqualTo("did you mean 'upper'?");
  }

  @Test
  void aWrongNumberOfArgumentsIsReported() {
    Problem problem = lake.problem(orders.select("upper(id, id) AS x"));

    assertThat(problem.message()).contains("upper").contains("\"upper(id, id) AS x\"");
  }

  @Test
  void aSyntaxErrorIsReportedWithItsPosition() {
    Problem problem = lake.problem(orders.select("id", "quantity +* 2"));

    assertThat(problem.code()).isEqualTo("SYNTAX_ERROR");
    assertThat(problem.message()).startsWith("Cannot parse \"quantity +* 2\": ");
    assertThat(lake.problem(orders.where("id = 1; DROP TABLE x")).code()).isEqualTo("SYNTAX_ERROR");
    assertThat(lake.problem(orders.orderBy("id LIMIT 1")).code()).isEqualTo("SYNTAX_ERROR");
    assertThat(lake.problem(orders.orderBy("quantity |> ORDER BY id")).code())
        .isEqualTo("SYNTAX_ERROR");
  }

  @Test
  void aNumberIsNoOrder() {
    for (Rows ordered :
        List.of(orders.orderBy("2 DESC"), orders.orderBy("1"), orders.latestBy(keys("id"), "3"))) {
      Problem problem = lake.problem(ordered);

      assertThat(problem.code()).isEqualTo("CONSTANT_ORDER");
      assertThat(problem.fix()).contains("use the name of the column");
    }
  }

  @Test
  void expectationsNameTheMissingColumns() {
    assertThat(
            lake.problems(
                orders.expect(
                    unique("usrid"),
                    notNull("id", "quantty"),
                    oneOf("cty", "a"),
                    satisfies("unit_prise > 0"))))
        .extracting(Problem::message)
        .containsExactly(
            "Cannot find 'usrid' in \"unique(usrid)\".",
            "Cannot find 'quantty' in \"notNull(id, quantty)\".",
            "Cannot find 'cty' in \"oneOf(cty: a)\".",
            "Cannot find 'unit_prise' in \"unit_prise > 0\".");
  }

  @Test
  void anExpectationMustBeAPredicateOnOneRow() {
    assertThat(lake.problem(orders.expect(satisfies("quantity + 1"))).code())
        .isEqualTo("TYPE_MISMATCH");
    assertThat(lake.problem(orders.expect(satisfies("sum(quantity) > 1"))).message())
        .contains("sum(quantity) > 1");
  }

  @Test
  void problemsAfterAMisspeltConditionAreReportedToo() {
    assertThat(
            lake.problems(
                orders.where("quantty > 1").orderBy("idd").limit(3).select("unit_prise", "id")))
        .extracting(Problem::message)
        .containsExactly(
            "Cannot find 'quantty' in \"quantty > 1\".",
            "Cannot find 'idd' in \"idd\".",
            "Cannot find 'unit_prise' in \"unit_prise\".");
  }

  @Test
  void bothBranchesOfAJoinAreReported() {
    assertThat(lake.problems(orders.select("idd").join(users.select("nam")).using("id")))
        .extracting(Problem::message)
        .containsExactly("Cannot find 'idd' in \"idd\".", "Cannot find 'nam' in \"nam\".");
  }

  @Test
  void aUnionOfOtherColumnsNamesTheMissingOnes() {
    Problem problem = lake.problem(orders.select("id", "quantity").union(users));

    assertThat(problem.code()).isEqualTo("UNION_COLUMNS");
    assertThat(problem.message())
        .contains("only the left has [quantity]", "only the right has [name]");
    assertThat(lake.problem(orders.select("id").union(orders.select("address AS id"))).message())
        .doesNotContain("Relation");
  }

  /** Inside maps Spark's union by name matches fields by position. */
  @Test
  void aUnionOfMapsWhoseStructsDifferIsRefused() {
    String left = "named_struct('a', 1, 'b', 2)";
    for (String right : List.of("named_struct('b', 2, 'a', 1)", "named_struct('x', 1, 'y', 2)")) {
      for (String shape :
          List.of("map(1, %s)", "array(map(1, %s))", "map(%s, 1)", "map(1, array(%s))")) {
        Problem problem =
            lake.problem(
                orders
                    .select(shape.formatted(left) + " AS m")
                    .union(orders.select(shape.formatted(right) + " AS m")));

        assertThat(problem.code()).isEqualTo("UNION_COLUMNS");
        assertThat(problem.message())
            .contains("'m'", "inside its map the left has the fields [a, b]");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s FROM l UNION ALL SELECT s FROM r",
        "SELECT s FROM l UNION SELECT s FROM r",
        "SELECT s FROM l INTERSECT SELECT s FROM r",
        "SELECT s FROM l EXCEPT SELECT s FROM r",
        "SELECT array(s) AS s FROM l UNION ALL SELECT array(s) FROM r",
        "SELECT coalesce(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT CASE WHEN l.s.a = 1 THEN l.s ELSE r.s END AS s FROM l CROSS JOIN r",
        "SELECT array(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT l.s FROM l JOIN r ON l.s = r.s",
        "SELECT s FROM l WHERE s IN (SELECT s FROM r)",
        "SELECT l.s FROM l CROSS JOIN r WHERE l.s IN (r.s)",
        "SELECT s FROM l WHERE s IN (named_struct('b', 1, 'a', 2), named_struct('b', 2, 'a', 1))",
        "SELECT s FROM l WHERE s IN (named_struct('b', 1, 'a', 2))",
        "SELECT s FROM l WHERE array(s) IN (array(named_struct('b', 1, 'a', 2)))",
        "SELECT aggregate(array(1), s, (x, y) -> named_struct('b', y, 'a', x.a)) AS s FROM l",
        "SELECT reduce(array(1), s, (x, y) -> named_struct('b', y, 'a', x.a), x -> x.a) AS s FROM"
            + " l",
        "SELECT if(l.s.a = 1, l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT nvl(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT nullif(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT greatest(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT concat(array(l.s), array(r.s)) AS s FROM l CROSS JOIN r",
        "SELECT array_union(array(l.s), array(r.s)) AS s FROM l CROSS JOIN r",
        "SELECT array_except(array(l.s), array(r.s)) AS s FROM l CROSS JOIN r",
        "SELECT array_intersect(array(l.s), array(r.s)) AS s FROM l CROSS JOIN r",
        "SELECT arrays_overlap(array(l.s), array(r.s)) AS s FROM l CROSS JOIN r",
        "SELECT array_contains(array(l.s), r.s) AS s FROM l CROSS JOIN r",
        "SELECT array_position(array(l.s), r.s) AS s FROM l CROSS JOIN r",
        "SELECT array_remove(array(l.s), r.s) AS s FROM l CROSS JOIN r",
        "SELECT array_append(array(l.s), r.s) AS s FROM l CROSS JOIN r",
        "SELECT array_prepend(array(l.s), r.s) AS s FROM l CROSS JOIN r",
        "SELECT array_insert(array(l.s), 1, r.s) AS s FROM l CROSS JOIN r",
        "SELECT map(l.s, 1, r.s, 2) AS s FROM l CROSS JOIN r",
        "SELECT map_concat(map(1, l.s), map(2, r.s)) AS s FROM l CROSS JOIN r",
        "SELECT map_zip_with(map(l.s, 1), map(r.s, 2), (k, x, y) -> x) AS s FROM l CROSS JOIN r",
        "SELECT map(l.s, 1)[r.s] AS s FROM l CROSS JOIN r",
        "SELECT element_at(map(l.s, 1), r.s) AS s FROM l CROSS JOIN r",
        "SELECT map_contains_key(map(l.s, 1), r.s) AS s FROM l CROSS JOIN r",
        "SELECT lag(l.s, 1, r.s) OVER (ORDER BY l.s.a) AS s FROM l CROSS JOIN r",
        "SELECT decode(l.s, r.s, 1) AS s FROM l CROSS JOIN r",
        "SELECT CASE l.s WHEN r.s THEN 1 END AS s FROM l CROSS JOIN r",
        "SELECT l.s BETWEEN r.s AND r.s AS s FROM l CROSS JOIN r",
        "SELECT equal_null(l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT stack(2, l.s, r.s) AS s FROM l CROSS JOIN r",
        "SELECT * FROM l WHERE s = (SELECT max(s) FROM r)",
        "WITH RECURSIVE c AS (SELECT s, 1 AS n FROM l UNION ALL SELECT named_struct('b', s.b, 'a',"
            + " s.a), n + 1 FROM c WHERE n < 3) SELECT s FROM c",
      })
  void aQueryThatMixesUpFieldsIsRefused(String query) {
    Rows left = orders.select("named_struct('a', 1, 'b', 2) AS s");
    Rows right = orders.select("named_struct('b', 20, 'a', 10) AS s");

    assertThat(lake.problems(sql(query).from("l", left).from("r", right)))
        .extracting(Problem::code)
        .isSubsetOf("MIXED_FIELDS", "TYPE_MISMATCH", "INCOMPATIBLE_COLUMN_TYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.s FROM l JOIN r ON (l.s.a, l.s.b) = (r.s.b, r.s.a)",
        "SELECT p.s FROM (SELECT s, s.a, s.b FROM l) p JOIN (SELECT s.a, s.b FROM r) q ON (p.a,"
            + " p.b) = (q.b, q.a)",
        "SELECT p.s FROM (SELECT s, s.a, s.b FROM l) p JOIN (SELECT s.a, s.b FROM r) q ON (p.a,"
            + " p.b) IN ((q.b, q.a), (1, 2))",
        "SELECT l.s FROM l JOIN r ON (l.s.a, l.s.a) = (r.s.a, r.s.a)",
        "SELECT struct(l.s.a, l.s.a) AS s FROM l UNION ALL SELECT struct(s.a, s.a) FROM r",
      })
  void rowValuesAreComparedByPosition(String query) {
    Rows left = orders.select("named_struct('a', 1, 'b', 2) AS s");
    Rows right = orders.select("named_struct('b', 20, 'a', 10) AS s");

    lake.compile(sql(query).from("l", left).from("r", right).to(delta("mart/rows").overwrite()));
  }

  @Test
  void aQueryCombinesStructsWithTheSameFields() {
    Rows left = orders.select("named_struct('a', 1, 'b', 2) AS s");
    Rows right = orders.select("named_struct('A', 1L, 'b', 2) AS s");

    lake.succeed(
        sql("""
        SELECT s FROM l
        UNION
        SELECT s FROM r
        UNION
        SELECT CAST(named_struct('x', 1L, 'y', 2) AS STRUCT<a: BIGINT, b: INT>)
        """)
            .from("l", left)
            .from("r", right)
            .to(delta("mart/together").overwrite()));

    assertThat(lake.rows("mart/together").count()).isEqualTo(1);
  }

  @Test
  void aUnionMatchesTheFieldsOfStructsByName() {
    lake.succeed(
        orders
            .select("named_struct('a', 1, 'b', 2) AS s")
            .union(orders.select("named_struct('b', 2, 'a', 1) AS s"))
            .distinct()
            .to(delta("mart/union").overwrite()));

    assertThat(lake.rows("mart/union").count()).isEqualTo(1);
  }

  @Test
  void anUnknownHintIsNotIgnored() {
    Problem problem = lake.problem(orders.hint("brodcast"));

    assertThat(problem.code()).isEqualTo("UNKNOWN_HINT");
    assertThat(problem.fix()).startsWith("did you mean 'broadcast'?");
  }

  @Test
  void aHintOfNoPartitionsIsRefused() {
    for (Rows hinted : List.of(orders.hint("coalesce", 0), orders.hint("repartition", -1))) {
      assertThat(lake.problem(hinted).code()).isEqualTo("INVALID_HINT");
    }
  }

  @Test
  void aSubqueryInAnExpressionIsRefused() {
    assertThat(lake.problem(orders.where("id IN (SELECT id FROM raw.users)")).code())
        .isEqualTo("SUBQUERY");
    assertThat(lake.problem(orders.select("(SELECT max(x) FROM csv.`/etc/passwd`) AS x")).code())
        .isEqualTo("SUBQUERY");
    assertThat(lake.problem(orders.where("exists(SELECT 1)")).code()).isEqualTo("SUBQUERY");
    assertThat(lake.problem(orders.orderBy("(SELECT 1)")).code()).isEqualTo("SUBQUERY");
  }

  @Test
  void columnsOfAQueryAreCheckedToo() {
    Problem problem = lake.problem(sql("SELECT o.idd FROM o").from("o", orders));

    assertThat(problem.message()).startsWith("Cannot find 'o.idd'");
    assertThat(problem.fix()).startsWith("did you mean 'o.id'?");
  }

  private static void assertUnresolved(Rows rows, String what, String suggestion) {
    Problem problem = lake.problem(rows);
    assertThat(problem.code()).isEqualTo("UNRESOLVED_COLUMN");
    assertThat(problem.message()).isEqualTo("Cannot find " + what + ".");
    assertThat(problem.fix()).startsWith("did you mean '" + suggestion + "'?");
  }
}
