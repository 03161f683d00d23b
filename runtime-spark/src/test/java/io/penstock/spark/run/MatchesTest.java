package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.allMatched;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Check;
import io.penstock.engine.RunReport.Status;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a join's left side that have no match are counted, whatever the join does with them. */
@Tag("spark")
final class MatchesTest {
  @TempDir private static Path directory;
  private static EngineLake lake;
  private static int tables;

  private final Rows orders = read(delta("raw/orders"));
  private final Rows customers = read(delta("raw/customers"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/orders",
        "SELECT * FROM VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, 'b', 'y'), (4, 'gone', 'y'),"
            + " (5, NULL, 'y') AS t(id, customer, _matched)");
    // Ann is there twice, so that a row with two matches would count twice.
    lake.table(
        "raw/customers",
        "SELECT * FROM VALUES ('a', 'Ann'), ('a', 'Anne'), ('b', 'Bob'), ('c', 'Cleo')"
            + " AS t(customer, name)");
  }

  @Test
  void rowsThatAnInnerJoinDropsFailTheRun() {
    RunReport report = run(orders.join(customers).using("customer"));

    Check check = report.checks().get(0);
    assertThat(report.failure().orElseThrow().code()).isEqualTo("CHECK_FAILED");
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(check.name()).isEqualTo("allMatched()");
    assertThat(check.place()).matches("expect \\(MatchesTest.java:\\d+\\)");
    assertThat(check.rows()).isEqualTo(5);
    assertThat(check.failingRows()).isEqualTo(2);
    assertThat(check.examples()).containsExactlyInAnyOrder("customer=gone", "customer=NULL");
  }

  @Test
  void everyKindOfJoinCountsTheSameRows() {
    for (Rows joined :
        List.of(
            orders.join(customers).using("customer"),
            orders.leftJoin(customers).using("customer"),
            orders.fullJoin(customers).using("customer"),
            orders.semiJoin(customers).using("customer"),
            orders.as("o").join(customers.as("c")).on("o.customer = c.customer"),
            orders.join(customers.hint("broadcast")).using("customer"))) {
      assertThat(failing(joined)).isEqualTo(2);
    }
  }

  @Test
  void aPredicateDecidesOnMatchesToo() {
    Rows joined =
        orders
            .as("o")
            .join(customers.as("c"))
            .on("o.customer <=> c.customer OR (o.id = 5 AND c.name = 'Cleo')");

    Check check = checks(joined.expect(allMatched()).select("id", "name")).get(0);

    assertThat(check.failingRows()).isEqualTo(1);
  }

  @Test
  void rowsThatAllMatchPass() {
    Rows known = orders.where("customer IN ('a', 'b')").join(customers).using("customer");

    List<Check> checks = checks(known.expect(allMatched(), notNull("name")));

    assertThat(checks).extracting(Check::status).containsOnly(Status.PASSED);
    assertThat(checks).extracting(Check::rows).containsExactly(3L, 4L);
  }

  @Test
  void noRowsMatchAll() {
    assertThat(failing(orders.where("id > 9").join(customers).using("customer"))).isZero();
    assertThat(failing(orders.join(customers.where("name = 'Eve'")).using("customer")))
        .isEqualTo(5);
  }

  @Test
  void stepsThatAreComputedOnceAreCheckedAsTheyWere() {
    Rows latest = orders.latestBy(keys("_matched"), "id");
    Rows named = customers.groupBy("customer").aggregate("count(*) AS names");

    assertThat(failing(latest.join(named).using("customer"))).isEqualTo(1);
  }

  private static long failing(Rows joined) {
    return checks(joined.expect(allMatched()).select("id")).get(0).failingRows();
  }

  private static RunReport run(Rows joined) {
    return lake.run(joined.expect(allMatched()).to(delta("mart/matched").overwrite()));
  }

  private static List<Check> checks(Rows checked) {
    tables++;
    return lake.run(checked.to(delta("mart/checked" + tables).overwrite())).checks();
  }
}
