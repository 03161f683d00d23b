package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.allMatched;
import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.atMost;
import static io.penstock.dsl.Penstock.between;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Check;
import io.penstock.engine.RunReport.Status;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Expectation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expectations are right about exactly the rows at their place. */
@Tag("spark")
final class ChecksTest {
  @TempDir private static Path directory;
  private static EngineLake lake;
  private static int tables;

  private final Rows ten = read(delta("raw/ten"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    String wide =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> "IF(id = 3, NULL, id + " + i + ") AS c" + i)
            .collect(Collectors.joining(", "));
    lake.table(
        "raw/ten",
        "SELECT id AS id, id % 5 AS fifth, IF(id = 7, NULL, id) AS gap,"
            + " IF(id % 2 = 0, NULL, 1) AS half,"
            + " named_struct('city', IF(id = 4, NULL, 'Seoul')) AS address FROM range(10)");
    lake.table("raw/wide", "SELECT id, " + wide + " FROM range(5)");
  }

  @Test
  void aColumnWithADotInItsNameIsFound() {
    Rows dotted = ten.select("id", "gap AS `net.visitors`", "address");

    List<RunReport.Check> checks =
        lake.run(
                dotted
                    .expect(
                        notNull("net.visitors"),
                        notNull("address.city"),
                        unique("net.visitors"),
                        oneOf("net.visitors", "1"))
                    .select("id")
                    .to(csv("export/dotted").overwrite()))
            .checks();

    assertThat(checks).extracting(RunReport.Check::failingRows).containsExactly(1L, 1L, 0L, 9L);
    assertThat(checks.get(0).examples()).contains("net.visitors=NULL");
  }

  @Test
  void fiveHundredColumnsAreCheckedAtOnce() {
    String[] many = IntStream.range(0, 500).mapToObj(i -> "id AS c" + i).toArray(String[]::new);
    String[] names = IntStream.range(0, 500).mapToObj(i -> "c" + i).toArray(String[]::new);

    RunReport report =
        lake.succeed(
            ten.select(many).expect(notNull(names)).to(csv("export/fiveHundred").overwrite()));

    assertThat(report.checks().get(0).status()).isEqualTo(RunReport.Status.PASSED);
  }

  @Test
  void everyKindPassesWhereItHolds() {
    Expectation[] holding =
        everyKind(
            unique("id"),
            unique("fifth", "id"),
            notNull("id", "fifth"),
            rows(between(10, 10)),
            rows(atLeast(10)),
            rows(atMost(10)),
            oneOf("fifth", "0", "1", "2", "3", "4"),
            allMatched(),
            satisfies("id >= 0"));
    Rows joined = ten.join(ten.select("id")).using("id");

    assertThat(checks(joined, holding)).extracting(Check::status).containsOnly(Status.PASSED);
  }

  @Test
  void everyKindFailsWithItsNumberAndKeys() {
    Expectation[] broken =
        everyKind(
            unique("fifth"),
            notNull("gap"),
            rows(atMost(9)),
            oneOf("fifth", "0", "1", "2"),
            satisfies("id < 8"),
            allMatched());
    Rows joined = ten.leftJoin(ten.select("id").where("id < 7")).using("id");

    List<Check> checks = checks(joined, broken);

    assertThat(checks).extracting(Check::status).containsOnly(Status.FAILED);
    assertThat(checks).extracting(Check::rows).containsOnly(10L);
    assertThat(checks).extracting(Check::failingRows).containsExactly(10L, 1L, 0L, 4L, 2L, 3L);
    assertThat(checks.get(0).examples()).hasSize(5).contains("fifth=0");
    assertThat(checks.get(1).examples()).hasSize(1);
    assertThat(checks.get(2).examples()).containsExactly("10 rows, expected at most 9");
    assertThat(checks.get(3).examples()).anyMatch(example -> example.contains("fifth=3"));
    assertThat(checks.get(5).examples()).hasSize(3).anyMatch(example -> example.contains("id=7"));
  }

  @Test
  void aNumberOfRowsThatIsWrongIsToldWithItsBoundAndBlamesNoRow() {
    RunReport report =
        lake.run(ten.expect(rows(atLeast(11))).to(delta("mart/too_few").overwrite()));

    assertThat(report.failure().orElseThrow().message())
        .matches(
            "rows\\(atLeast\\(11\\)\\) at expect \\(ChecksTest.java:\\d+\\):"
                + " 10 rows, expected at least 11\\.");
  }

  @Test
  void aComparisonWithNanPassesNoCheck() {
    Rows numbers = ten.select("id", "CASE WHEN id = 3 THEN double('NaN') ELSE double(id) END AS x");

    List<Check> checks =
        checks(
            numbers,
            satisfies("x >= 0"),
            satisfies("NOT (x < 0)"),
            satisfies("x BETWEEN 0 AND 10"),
            satisfies("float(x) > -1F"),
            satisfies("x >= 0 OR id = 3"),
            satisfies("isnan(x) OR x >= 0"),
            satisfies("x <> 20"),
            satisfies("x = x"));

    assertThat(checks)
        .extracting(Check::failingRows)
        .containsExactly(1L, 1L, 1L, 1L, 0L, 0L, 0L, 0L);
    assertThat(checks.get(0).examples()).containsExactly("x=NaN");
  }

  @Test
  void keysOfFloatingPointNumbersAreEqualAsInSpark() {
    Rows numbers =
        ten.where("id < 4")
            .select("CASE id WHEN 0 THEN 0.0D WHEN 1 THEN -0.0D ELSE double('NaN') END AS x", "id");

    assertThat(checks(numbers, unique("x")).get(0).failingRows()).isEqualTo(4);
  }

  @Test
  void aCollationDecidesWhichKeysAreEqualAndNotWhichTextsAreAllowed() {
    Rows texts =
        ten.where("id < 3")
            .select("id", "CASE id WHEN 0 THEN 'a' WHEN 1 THEN 'A' ELSE 'b' END AS name")
            .with("name", "name COLLATE UTF8_LCASE");

    List<Check> checks =
        checksOf(
            texts
                .expect(unique("name"), oneOf("name", "a", "b"), notNull("name"))
                .select("id")
                .to(csv("export/collated").overwrite()));

    assertThat(checks).extracting(Check::failingRows).containsExactly(2L, 1L, 0L);
    assertThat(checks.get(1).examples()).containsExactly("name=A");
  }

  @Test
  void aPredicateThatFailsIsShownWithTheColumnsThatItNames() {
    List<Check> checks =
        checks(
            ten, unique("id"), satisfies("id < 9 AND fifth < 5"), satisfies("address.city > ''"));

    assertThat(checks.get(1).examples()).containsExactly("id=9, fifth=4");
    assertThat(checks.get(2).examples()).containsExactly("id=4, city=NULL");
  }

  @Test
  void aRecordThatCouldNotBeReadIsShownByItsPlaceAndNotByItsText() {
    lake.file("arrivals/refused/a.csv", "n\n1\n\"x\ny\"\n" + "z".repeat(300) + "\n");

    List<Check> checks =
        checks(
            read(csv("arrivals/refused").schema("n INT").keepDefects())
                .with("reason", "IF(_defect IS NULL, NULL, repeat('unreadable', 30))")
                .select("n", "_file", "_line", "reason", "_text"),
            satisfies("reason IS NULL"));

    String reason = "reason=" + "unreadable".repeat(20) + "…";
    assertThat(checks.get(0).examples())
        .containsExactly(
            "_file=arrivals/refused/a.csv, _line=3, " + reason,
            "_file=arrivals/refused/a.csv, _line=5, " + reason);
  }

  @Test
  void whatThePlanProvesIsToldLikeWhatWasCounted() {
    Rows fifths = ten.groupBy("fifth").aggregate("count(*) AS n");

    List<Check> checks = checks(fifths, unique("fifth"), unique("n"));

    assertThat(checks).extracting(Check::status).containsExactly(Status.PASSED, Status.FAILED);
    assertThat(checks).extracting(Check::rows).containsOnly(5L);
    assertThat(checks).extracting(Check::failingRows).containsExactly(0L, 5L);
  }

  @Test
  void onlyTruePasses() {
    List<Check> checks =
        checks(
            ten,
            satisfies("half = 1"),
            satisfies("half = 1 OR half IS NULL"),
            oneOf("half", "1"),
            satisfies("NULL"));

    assertThat(checks).extracting(Check::failingRows).containsExactly(5L, 0L, 5L, 10L);
  }

  @Test
  void anAllowedShareIsInclusive() {
    assertThat(
            checks(
                ten,
                satisfies("id < 8").allowing(0.2),
                satisfies("id < 8").allowing(0.1999),
                satisfies("half = 1").allowing(0.5)))
        .extracting(Check::status)
        .containsExactly(Status.PASSED, Status.FAILED, Status.PASSED);
  }

  @Test
  void nullKeysAreNotUnique() {
    List<Check> checks = checks(ten, unique("half"), unique("gap"), unique("half", "id"));

    assertThat(checks)
        .extracting(Check::status)
        .containsExactly(Status.FAILED, Status.PASSED, Status.PASSED);
    assertThat(checks.get(0).failingRows()).isEqualTo(10);
    assertThat(checks.get(0).examples()).contains("half=NULL");
  }

  @Test
  void theFortiethColumnCountsWithoutStatistics() {
    lake.sql(
        "CREATE TABLE delta.`{lake}/mart/wide` USING delta"
            + " TBLPROPERTIES ('delta.dataSkippingNumIndexedCols' = '0')"
            + " AS SELECT * FROM delta.`{lake}/raw/wide` WHERE false");
    lake.spark().conf().set("spark.databricks.delta.stats.collect", "false");
    try {
      Rows wide = read(delta("raw/wide"));
      RunReport report =
          lake.run(wide.expect(notNull("c40"), unique("c40")).to(delta("mart/wide").overwrite()));

      assertThat(report.checks()).extracting(Check::failingRows).containsExactly(1L, 0L);
      assertThat(lake.rows("mart/wide").count()).isZero();
    } finally {
      lake.spark().conf().unset("spark.databricks.delta.stats.collect");
    }
  }

  @Test
  void nestedFieldsCanBeChecked() {
    List<Check> checks =
        checks(
            ten,
            notNull("address.city"),
            oneOf("address.city", "Seoul"),
            satisfies("address.city = 'Seoul'"),
            unique("address.city"));

    assertThat(checks).extracting(Check::failingRows).containsExactly(1L, 1L, 1L, 9L);
  }

  @Test
  void sortedAndLimitedRowsAreCountedOnce() {
    Rows top = ten.orderBy("id DESC").limit(3);

    assertThat(checks(top, rows(between(3, 3)), satisfies("id > 6"), unique("id")))
        .extracting(Check::status)
        .containsOnly(Status.PASSED);
    assertThat(checks(ten.orderBy("id"), rows(between(10, 10))))
        .extracting(Check::status)
        .containsOnly(Status.PASSED);
  }

  @Test
  void eachExpectationSeesTheRowsAtItsPlace() {
    Rows checked =
        ten.expect(rows(between(10, 10)))
            .expect(satisfies("id < 9"))
            .where("id < 5")
            .expect(rows(between(5, 5)), satisfies("id < 5"));

    RunReport report =
        lake.run(
            checked.to(delta("mart/places").overwrite().expect(rows(between(5, 5)))),
            checked.drop("address").to(csv("export/places").overwrite().expect(rows(atLeast(6)))));

    assertThat(report.checks())
        .extracting(Check::failingRows)
        .containsExactly(0L, 1L, 0L, 0L, 0L, 0L);
    assertThat(report.checks().get(1).rows()).isEqualTo(10);
    assertThat(report.checks().get(5).place()).matches("to \\(ChecksTest.java:\\d+\\)");
  }

  @Test
  void anEmptyFramePassesWhatHoldsForEveryRow() {
    Rows none = ten.where("id < 0").join(ten.select("id")).using("id");

    assertThat(
            checks(
                none,
                everyKind(
                    allMatched(),
                    unique("id"),
                    notNull("id"),
                    oneOf("fifth", "9"),
                    satisfies("false"),
                    satisfies("false").allowing(0.01),
                    rows(atMost(0)),
                    rows(atLeast(1)))))
        .extracting(Check::status)
        .containsExactly(
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.FAILED);
  }

  @Test
  void rowsThatOnlyAnExportHoldsAreChecked() {
    Rows checked = ten.drop("address").expect(satisfies("id <> 6"));

    RunReport report = lake.run(checked.to(csv("export/checked").overwrite()));

    assertThat(report.checks()).extracting(Check::failingRows).containsExactly(1L);
    assertThat(lake.path("export/checked/checked.csv")).doesNotExist();
  }

  @Test
  void awkwardColumnNamesCanBeChecked() {
    Rows renamed = ten.select("id AS `order id`", "fifth AS `a``b`");

    assertThat(
            checksOf(
                renamed
                    .expect(unique("`order id`"), notNull("`a``b`"), satisfies("`order id` < 9"))
                    .to(csv("export/awkward").overwrite())))
        .extracting(Check::failingRows)
        .containsExactly(0L, 0L, 1L);
  }

  /** A kind that is forgotten here would be one of which nobody has seen that it can fail. */
  /** Every kind but those that need a unit: {@link RecentRowsTest}, {@link UpdatedWithinTest}. */
  private static Expectation[] everyKind(Expectation... expectations) {
    assertThat(expectations)
        .extracting(check -> (Object) check.getClass())
        .containsAll(
            Stream.of(Expectation.class.getPermittedSubclasses())
                .filter(kind -> kind != Expectation.RecentRowCount.class)
                .filter(kind -> kind != Expectation.UpdatedWithin.class)
                .toList());
    return expectations;
  }

  private static List<Check> checks(Rows checked, Expectation... expectations) {
    tables++;
    return checksOf(checked.expect(expectations).to(delta("mart/checked" + tables).overwrite()));
  }

  private static List<Check> checksOf(Write write) {
    RunReport report = lake.run(write);
    report
        .failure()
        .ifPresent(
            failure -> assertThat(failure.code()).as(failure.message()).isEqualTo("CHECK_FAILED"));
    return report.checks();
  }
}
