package io.penstock.language;

import static io.penstock.dsl.Penstock.allMatched;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.StructureCheck;
import io.penstock.plan.Write;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureCheckTest {
  private static final Partition DAY = Partition.daily("day");
  private static final Partition MONTH = Partition.monthly("month");
  private final Rows sessions = read(delta("raw/sessions"));
  private final Rows payments = read(delta("raw/payments"));

  @ParameterizedTest
  @CsvSource({"mart/a, mart/a", "mart/a, mart/a/b", "mart/a/b, mart/a"})
  void twoSinksInOnePlaceAreAProblem(String first, String second) {
    assertThat(
            problems(sessions.to(delta(first).overwrite()), payments.to(csv(second).overwrite())))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("SAME_TARGET");
              assertThat(problem.message())
                  .startsWith("Cannot write to '" + second + "': to (StructureCheckTest.java:")
                  .contains("already writes to '" + first + "'");
            });
  }

  @Test
  void sinksBesideOneAnotherAreNot() {
    assertThat(
            problems(
                sessions.to(delta("mart/a").overwrite()),
                sessions.to(delta("mart/ab").overwrite()),
                sessions.to(csv("export/a").overwrite())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_penstock", "_penstock/runs/daily-sales", "_Penstock/journal"})
  void sinksWherePenstockKeepsItsRecordsAreAProblem(String path) {
    for (Write write :
        List.of(sessions.to(delta(path).overwrite()), sessions.to(csv(path).overwrite()))) {
      assertThat(problems(write))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo("RESERVED_PATH");
                assertThat(problem.message()).startsWith("Cannot write to '" + path + "': ");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"_penstocks/a", "raw/_penstock/a", "_quarantine/a"})
  void sinksInFoldersOfSimilarNamesAreNot(String path) {
    assertThat(problems(sessions.to(delta(path).overwrite()))).isEmpty();
  }

  @Test
  void sinksOfDifferentGrainAreAProblem() {
    assertThat(
            problems(
                sessions.to(delta("mart/a").overwrite(DAY)),
                sessions.to(delta("mart/whole").overwrite()),
                sessions.to(delta("mart/b").overwrite(MONTH))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("MIXED_UNITS");
              assertThat(problem.message()).contains("month(month)").contains("day(day)");
            });
  }

  @Test
  void sinksOfOneGrainMayNameTheirColumnsDifferently() {
    assertThat(
            problems(
                sessions.to(delta("mart/a").overwrite(DAY)),
                sessions.to(
                    csv("export/a").overwrite(Partition.daily("date").formatted("yyyyMMdd")))))
        .isEmpty();
  }

  @Test
  void aSideOfOnWithoutAliasIsAProblem() {
    assertThat(codes(sessions.join(payments.as("p")).on("id = p.id")))
        .containsExactly("ALIAS_MISSING");
    assertThat(problemsOf(sessions.as("s").join(payments).on("s.id = id")))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).contains("the right side has no alias"));
  }

  @Test
  void anAliasEndsAtTheNextSelectAggregateOrUnion() {
    Rows named = sessions.as("s");

    for (Rows unnamed :
        List.of(
            named.select("*"), named.groupBy("id").aggregate("count(*)"), named.union(payments))) {
      assertThat(codes(unnamed.join(payments.as("p")).on("s.id = p.id")))
          .containsExactly("ALIAS_MISSING");
    }
  }

  @Test
  void anAliasLivesThroughStepsThatKeepTheRowsAsTheyAre() {
    Rows named = sessions.as("s");

    for (Rows same :
        List.of(
            named.where("id > 0"),
            named.orderBy("id"),
            named.orderBy("id").limit(1),
            named.distinct(),
            named.distinct().allowVariation("a test"),
            named.hint("broadcast"),
            named.join(payments).using("id"),
            named.semiJoin(payments).using("id"))) {
      assertThat(codes(same.join(payments.as("p")).on("s.id = p.id"))).isEmpty();
    }
  }

  @Test
  void theAliasesOfAnEarlierJoinCanBeUsedInTheNext() {
    Rows channels = read(delta("raw/channels"));
    Rows both = sessions.as("s").join(payments.as("p")).on("s.id = p.id");

    assertThat(codes(both.join(channels.as("c")).on("c.id = p.id"))).isEmpty();
    assertThat(codes(both.join(channels.as("p")).on("s.id = p.id"))).containsExactly("SAME_ALIAS");
  }

  @Test
  void theRightSideOfASemiJoinIsGoneAndItsAliasFree() {
    Rows paid = sessions.as("s").semiJoin(payments.as("p")).on("s.id = p.id");

    assertThat(codes(paid.join(payments.as("p")).on("s.id = p.id"))).isEmpty();
  }

  @Test
  void oneNodeMayBeJoinedWithItselfUnderTwoAliases() {
    assertThat(codes(sessions.as("a").join(sessions.as("b")).on("a.id = b.parent"))).isEmpty();
    assertThat(codes(sessions.as("a").join(sessions.as("a")).on("a.id = a.parent")))
        .containsExactly("SAME_ALIAS");
  }

  @Test
  void aUnionOfRowsWithThemselvesIsAsLegalAsUnionAll() {
    assertThat(codes(sessions.union(sessions))).isEmpty();
  }

  @Test
  void placeholdersAreThePartitionsColumns() {
    Partition arrival = Partition.daily("arrival");

    assertThat(problemsOfDaily(read(parquet("in/{arrival}").partition(arrival)))).isEmpty();
    assertThat(codesOfDaily(read(parquet("in/{day}").partition(arrival))))
        .containsExactly("PLACEHOLDERS");
    assertThat(codesOfDaily(read(parquet("in/{arrival}")))).containsExactly("PLACEHOLDERS");
    assertThat(codesOfDaily(read(parquet("in/{arrival:yyyy}/{arrival}").partition(arrival))))
        .isEmpty();
    assertThat(codesOfDaily(read(delta("in/{arrival}").partition(arrival))))
        .containsExactly("PLACEHOLDERS");
  }

  @Test
  void aWindowNeedsASinkWithAPartition() {
    assertThat(problemsOf(read(delta("raw/sessions").partition(DAY.last(7)))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("NO_INTERVAL");
              assertThat(problem.message()).contains("'raw/sessions' by day(day)[-6..0]");
            });
  }

  @Test
  void rowsOutsideOfARunNeedAUnitForTheirWindow() {
    Node daily = read(delta("raw/sessions").partition(DAY)).plan();

    assertThat(StructureCheck.check(daily, Optional.of(DAY.unitOf(UnitDate.of("2026-03-01")))))
        .satisfies(result -> assertThat(result.problems()).isEmpty());
    assertThat(StructureCheck.check(daily, Optional.empty()))
        .satisfies(
            result -> {
              assertThat(result.unreadable()).containsExactly(daily);
              assertThat(result.problems())
                  .singleElement()
                  .satisfies(
                      problem -> {
                        assertThat(problem.code()).isEqualTo("NO_INTERVAL");
                        assertThat(problem.message()).contains("without a unit");
                        assertThat(problem.fix()).contains("on(\"2026-03-01\")");
                      });
            });
  }

  @Test
  void whatCannotBeToldIsNamedForThoseWhoGoOn() {
    Rows unread = read(csv("in/{arrival}").schema("id INT"));
    Write unwritten = unread.to(delta("mart/{day}").overwrite());

    StructureCheck.Result result = StructureCheck.check(List.of(unwritten));

    assertThat(result.unreadable()).containsExactly(unread.plan());
    assertThat(result.writable()).isEmpty();
  }

  @Test
  void readingWhatIsReplacedIsAProblem() {
    for (Rows own :
        List.of(
            read(delta("mart/a")),
            read(delta("mart/a").partition(DAY)),
            read(delta("mart/a").partition(DAY.last(2))),
            read(delta("mart/a").partition(DAY.around(1, 1))),
            read(delta("mart/a").partition(Partition.daily("other").previous(1))),
            read(delta("mart/a").partition(MONTH.previous(1))),
            read(parquet("mart/a").partition(DAY.previous(1))),
            read(parquet("mart")))) {
      assertThat(problems(own.to(delta("mart/a").overwrite(DAY))))
          .extracting(Problem::code)
          .containsExactly("READS_WHAT_IT_REPLACES");
    }
  }

  @Test
  void strictlyEarlierUnitsOfTheOwnTableMayBeRead() {
    assertThat(
            problems(
                read(delta("mart/a").partition(DAY.previous(7)))
                    .to(delta("mart/a").overwrite(DAY))))
        .isEmpty();
  }

  @Test
  void aTableThatIsReplacedAsAWholeHasNoEarlierUnits() {
    assertThat(
            problems(
                read(delta("mart/a").partition(DAY.previous(7))).to(delta("mart/a").overwrite()),
                sessions.to(delta("mart/b").overwrite(DAY))))
        .extracting(Problem::code)
        .containsExactly("READS_WHAT_IT_REPLACES");
  }

  @Test
  void oneSinkMayNotBeReadForAnother() {
    assertThat(
            problems(
                read(delta("mart/b")).to(delta("mart/a").overwrite()),
                sessions.to(delta("mart/b").overwrite())))
        .extracting(Problem::code)
        .containsExactly("READS_WHAT_IT_REPLACES");
  }

  @Test
  void allProblemsComeTogetherEachWithItsLine() {
    Rows joined = sessions.join(payments).on("id = id");
    Rows own = read(delta("mart/a"));
    List<Problem> problems =
        problems(
            joined.union(own).to(delta("mart/a").overwrite(DAY)),
            read(parquet("in/{day}")).to(delta("mart/a/b").overwrite(MONTH)));

    assertThat(problems)
        .extracting(Problem::code)
        .containsExactly(
            "SAME_TARGET",
            "MIXED_UNITS",
            "ALIAS_MISSING",
            "PLACEHOLDERS",
            "READS_WHAT_IT_REPLACES",
            "READS_WHAT_IT_REPLACES");
    assertThat(problems)
        .allSatisfy(
            problem ->
                assertThat(problem.place().orElseThrow())
                    .matches("(to|join|read) \\(StructureCheckTest\\.java:\\d+\\)"));
  }

  @Test
  void aSharedNodeIsReportedOnce() {
    Rows unnamed = sessions.join(payments).on("id = id");

    assertThat(
            problems(
                unnamed.to(delta("mart/a").overwrite()), unnamed.to(csv("export/a").overwrite())))
        .hasSize(1);
  }

  @Test
  void aSinksPathHasNoPlaceholders() {
    assertThat(problems(sessions.to(csv("export/{day}").overwrite(DAY))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("PLACEHOLDERS");
              assertThat(problem.place().orElseThrow()).startsWith("to (");
              assertThat(problem.message()).contains("Cannot write to 'export/{day}'");
            });
  }

  @Test
  void anAliasLivesThroughStepsThatChangeSingleColumns() {
    Rows named = sessions.as("s");

    for (Rows same :
        List.of(
            named.with("b", "1"),
            named.drop("b"),
            named.rename("b", "c"),
            named.latestBy(keys("id"), "ts"))) {
      assertThat(codes(same.join(payments.as("p")).on("s.id = p.id"))).isEmpty();
    }
  }

  @Test
  void matchesAreExpectedRightBehindAJoin() {
    Rows joined = sessions.join(payments).using("id");

    for (Rows right :
        List.of(
            joined,
            joined.expect(notNull("id")),
            sessions.leftJoin(payments).using("id"),
            sessions.fullJoin(payments).using("id"),
            sessions.semiJoin(payments).using("id"),
            sessions.as("s").join(payments.as("p")).on("s.id = p.id"))) {
      assertThat(codes(right.expect(allMatched()))).isEmpty();
    }
    for (Rows wrong :
        List.of(
            sessions,
            joined.where("id > 0"),
            joined.hint("broadcast"),
            sessions.antiJoin(payments).using("id"))) {
      assertThat(problemsOf(wrong.expect(notNull("id"), allMatched())))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo("NO_JOIN");
                assertThat(problem.place().orElseThrow()).startsWith("expect (");
                assertThat(problem.message()).startsWith("Cannot expect allMatched() here: ");
              });
    }
  }

  @Test
  void aSinkKnowsNoMatches() {
    assertThat(
            problems(
                sessions
                    .join(payments)
                    .using("id")
                    .to(delta("mart/target").overwrite().expect(allMatched()))))
        .extracting(Problem::code)
        .containsExactly("NO_JOIN");
  }

  @Test
  void variationIsAllowedRightBehindTheStepThatVaries() {
    Rows titles = sessions.groupBy("id").aggregate("first(b) AS b");

    assertThat(codes(titles.allowVariation("any will do"))).isEmpty();
    for (Rows steady :
        List.of(
            sessions,
            titles.where("b > 0"),
            titles.drop("b"),
            titles.rename("b", "c"),
            titles.as("t"),
            titles.hint("broadcast"),
            titles.expect(notNull("b")),
            titles.allowVariation("any will do"))) {
      assertThat(problemsOf(steady.allowVariation("any will do")))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo("NOTHING_VARIES");
                assertThat(problem.place().orElseThrow()).startsWith("allowVariation (");
                assertThat(problem.message())
                    .contains("Cannot allow variation here: " + steady.plan().operation());
              });
    }
  }

  @Test
  void aliasesThatDifferInCaseOnlyAreTheSame() {
    assertThat(codes(sessions.as("x").join(payments.as("X")).on("x.id = X.id")))
        .containsExactly("SAME_ALIAS");
  }

  @Test
  void bothSidesWithoutAliasAreNamedTogether() {
    assertThat(problemsOf(sessions.join(payments).on("id = id")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).endsWith("neither side has an alias."));
  }

  @Test
  void sinksOfDifferentZonesAreAProblemThatShowsBoth() {
    Partition seoul = new Partition(DAY.columns(), DAY.grain(), ZoneId.of("Asia/Seoul"));

    assertThat(
            problems(
                sessions.to(delta("mart/a").overwrite(DAY)),
                sessions.to(delta("mart/b").overwrite(seoul))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("MIXED_UNITS");
              assertThat(problem.message())
                  .contains("by day(day) in Asia/Seoul here")
                  .contains("replaces by day(day), and");
              assertThat(problem.fix())
                  .isEqualTo("make two pipelines, one for each grain and zone.");
            });
  }

  @Test
  void earlierUnitsAreProposedOnlyWhereTheyCanBeRead() {
    assertThat(problems(read(delta("mart/a").partition(DAY)).to(delta("mart/a").overwrite(DAY))))
        .extracting(Problem::fix)
        .containsExactly(
            "read strictly earlier units, such as partition(DAY.previous(1)) with the sink's own"
                + " partition, or write to another path.");
    assertThat(problems(read(delta("mart/a")).to(delta("mart/a").overwrite())))
        .extracting(Problem::fix)
        .containsExactly("write to another path.");
    assertThat(problems(read(parquet("mart/a").partition(DAY)).to(csv("mart/a").overwrite(DAY))))
        .extracting(Problem::fix)
        .containsExactly("write to another path.");
  }

  private static List<Problem> problems(Write... writes) {
    return StructureCheck.of(List.of(writes));
  }

  private static List<Problem> problemsOf(Rows rows) {
    return problems(rows.to(delta("mart/target").overwrite()));
  }

  private static List<Problem> problemsOfDaily(Rows rows) {
    return problems(rows.to(delta("mart/target").overwrite(DAY)));
  }

  private static List<String> codes(Rows rows) {
    return problemsOf(rows).stream().map(Problem::code).toList();
  }

  private static List<String> codesOfDaily(Rows rows) {
    return problemsOfDaily(rows).stream().map(Problem::code).toList();
  }
}
