package io.penstock.spark.repeatability;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which doubts about steps are reported, and how an author allows a variation. */
@Tag("spark")
final class VariationsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = TiedRows.in(directory);
    lake.table("raw/variants", "SELECT 1 AS id, parse_json('[1]') AS v FROM range(3)");
    lake.file("arrivals/visits/a.csv", "page,visitor\nhome,1\nhome,2\ncart,1\n");
  }

  @Test
  void everyDoubtOfAQueryIsReported() {
    Rows visits = read(csv("arrivals/visits").schema("page STRING, visitor INT"));
    Rows ordered =
        sql("SELECT * FROM (SELECT page, first(visitor) AS f, CAST(collect_list(visitor) AS STRING)"
                + " AS l, max_by(visitor, 1) AS m FROM v GROUP BY page) LIMIT 2")
            .from("v", visits);

    assertThat(lake.problems(ordered))
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "Cannot promise the same rows in every run: first depends on the order of rows.",
            "Cannot promise the same rows in every run: collect_list depends on the order of rows.",
            "Cannot promise the same rows in every run: max_by takes any of several rows that are"
                + " equal in 1.");
    assertThat(TiedRows.doubts(lake, ordered.allowVariation("any visitor will do")))
        .hasSize(3)
        .allSatisfy(
            doubt -> {
              assertThat(doubt.place()).startsWith("sql (VariationsTest.java:");
              assertThat(doubt.reason()).contains("any visitor will do");
            });
  }

  @Test
  void roundingAndNativeCodeAreReportedAndNotRefused() {
    SparkTransform identity = frame -> frame;

    for (String rounded :
        List.of("sum(weight)", "avg(id)", "stddev(id)", "corr(id, at)", "regr_slope(id, at)")) {
      assertThat(TiedRows.doubts(lake, rows.groupBy("grp").aggregate(rounded + " AS x")))
          .singleElement()
          .satisfies(
              doubt -> {
                assertThat(doubt.place()).startsWith("aggregate (");
                assertThat(doubt.what()).contains("of floating-point numbers depends on the order");
                assertThat(doubt.reason()).isEmpty();
              });
    }
    assertThat(TiedRows.doubts(lake, rows.transform("score", identity)))
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.what()).isEqualTo("transform 'score' is native code"));
    assertThat(
            TiedRows.doubts(lake, rows.transform("score", identity).allowVariation("it is seeded")))
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).contains("it is seeded"));
  }

  @Test
  void aRunRecordsItsDoubts() {
    RunReport report =
        lake.succeed(
            rows.groupBy("grp")
                .aggregate("first(name) AS name")
                .allowVariation("names are for show")
                .to(delta("mart/named").overwrite()));

    assertThat(report.doubts())
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.what()).isEqualTo("first depends on the order of rows");
              assertThat(doubt.reason()).isEqualTo(Optional.of("names are for show"));
            });
  }

  @Test
  void thePageOfTheLanguageShowsTheProblem() throws IOException {
    Rows titles = rows.rename("name", "title").groupBy("grp").aggregate("first(title) AS title");

    String problem =
        lake.problem(titles).toString().replaceFirst("VariationsTest.java:\\d+", "Titles.java:21");

    assertThat(Files.readString(Path.of("../dsl/README.md"))).contains("1. " + problem);
  }

  @Test
  void anAllowanceDoesNotCoverAnEqualStepOfAQuery() {
    Rows allowed = rows.groupBy("grp").aggregate("first(id) AS x").allowVariation("for show");
    Rows alike =
        sql("SELECT m.x FROM (SELECT grp, first(id) AS x FROM r GROUP BY grp) m JOIN a USING (grp)")
            .from("r", rows)
            .from("a", allowed);

    assertThat(lake.problem(alike).code()).isEqualTo("NOT_REPEATABLE");
  }

  @Test
  void everyReaderOfAStepMustAllowItsVariation() {
    Rows named = rows.groupBy("grp").aggregate("first(name) AS name");

    assertThat(
            lake.invalid(
                    named.allowVariation("for show").to(delta("mart/a").overwrite()),
                    named.to(delta("mart/b").overwrite()))
                .problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("NOT_REPEATABLE"));
  }

  @Test
  void anAllowanceWithoutNeedIsRefused() {
    for (Rows steady :
        List.of(
            rows.groupBy("grp").aggregate("max(id) AS id"),
            rows.orderBy("at").limit(2),
            rows.latestBy(keys("grp"), "at"),
            rows.with("n", "row_number() OVER (ORDER BY at)"),
            rows.distinct(),
            sql("SELECT * FROM r LIMIT 2").from("r", rows))) {
      Problem problem = lake.problem(steady.allowVariation("no matter"));
      assertThat(problem.code()).isEqualTo("NOTHING_VARIES");
      assertThat(problem.place().orElseThrow()).startsWith("allowVariation (VariationsTest.java:");
    }
  }

  @Test
  void aColumnWithoutAnOrderLeavesTies() {
    Rows variants = read(delta("raw/variants"));

    for (Rows unsettled :
        List.of(
            variants.orderBy("id").limit(2),
            variants.latestBy(keys("id"), "id"),
            variants.with("n", "row_number() OVER (ORDER BY id)"),
            sql("SELECT * FROM r LIMIT 1").from("r", variants))) {
      // No new table has a column of VARIANT.
      assertThat(lake.problem(unsettled.drop("v")).message()).contains("column 'v' has no order");
      assertThat(TiedRows.doubts(lake, unsettled.allowVariation("any").drop("v"))).hasSize(1);
    }
  }

  @Test
  void aJoinOfAStepWithItselfIsNotDoubtedAgain() {
    Rows listed =
        rows.groupBy("grp").aggregate("collect_list(id) AS ids").allowVariation("for show");

    assertThat(
            TiedRows.doubts(lake, listed.join(listed.select("grp", "size(ids) AS n")).using("grp")))
        .hasSize(1);
    assertThat(
            TiedRows.doubts(
                lake,
                sql("SELECT a.grp, b.ids FROM l a JOIN l b ON a.grp = b.grp").from("l", listed)))
        .hasSize(1);
  }
}
