package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.OrderedRows;
import io.penstock.dsl.Rows;
import io.penstock.engine.RunPlan.Evaluation;
import io.penstock.engine.RunPlan.Shared;
import io.penstock.plan.Write;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which steps are computed once, and the reason in the plan. */
@Tag("spark")
final class SharingTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        "SELECT id AS id, id % 3 AS key, 0.5D * id AS weight, map(1, 1) AS m FROM range(9)");
    lake.table(
        "raw/variants",
        "SELECT 1 AS id, 2 AS key, parse_json(CAST(id AS STRING)) AS v FROM range(9)");
    lake.file("files/a.csv", "id,key\n1,2\n");
  }

  @Test
  void anAggregateWithTwoReadersIsComputedOnce() {
    assertThat(sharedByTwo(rows.groupBy("key").aggregate("count(*) AS n")))
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.step()).matches("aggregate \\(SharingTest.java:\\d+\\)");
              assertThat(shared.evaluation()).isEqualTo(Evaluation.ONCE);
              assertThat(shared.reason()).isEqualTo("2 readers, and it joins or groups");
            });
  }

  @Test
  void aScanWithFiltersIsRepeatedForEachReader() {
    assertThat(sharedByTwo(rows.where("id > 3").select("id", "key")))
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.evaluation()).isEqualTo(Evaluation.FOR_EACH_READER);
              assertThat(shared.reason())
                  .isEqualTo(
                      "2 readers, but it only scans and filters: cheaper to repeat than to keep");
            });
  }

  @Test
  void aStepWithOneReaderIsNotMentioned() {
    assertThat(
            lake.compile(
                    rows.groupBy("key").aggregate("count(*) AS n").to(delta("mart/a").overwrite()))
                .plan()
                .shared())
        .isEmpty();
  }

  @Test
  void aStepInDoubtIsAlwaysComputedOnce() {
    SparkTransform identity = frame -> frame;
    Rows variants = read(delta("raw/variants"));

    assertDoubted(
        rows.groupBy("key").aggregate("collect_list(id) AS ids").allowVariation("a test"),
        "collect_list depends on the order of rows");
    assertDoubted(
        rows.groupBy("key").aggregate("first(id) AS id").allowVariation("a test"),
        "first depends on the order of rows");
    assertDoubted(
        rows.groupBy("key").aggregate("sum(weight) AS w"),
        "sum of floating-point numbers depends on the order of rows");
    assertDoubted(rows.transform("score", identity), "transform 'score' is native code");
    for (Rows tied :
        List.of(variants.orderBy("id").limit(2), variants.latestBy(keys("key"), "id"))) {
      Rows allowed = tied.allowVariation("a test");
      // A new table has no VARIANT.
      assertDoubted(
          sharedByTwo(allowed.drop("v"), allowed.select("id")), "column 'v' has no order");
    }
  }

  @Test
  void filesWithSeveralReadersAreReadOnce() {
    Rows files = read(csv("files").schema("id INT, key INT"));

    assertThat(sharedByTwo(files.where("id > 0")))
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.step()).startsWith("where");
              assertThat(shared.evaluation()).isEqualTo(Evaluation.ONCE);
              assertThat(shared.reason()).isEqualTo("2 readers, and files are not versioned");
            });
    assertThat(
            lake.compile(
                    files.select("id").to(delta("mart/a").overwrite()),
                    files.select("key").to(delta("mart/b").overwrite()))
                .plan()
                .shared())
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.step()).startsWith("read");
              assertThat(shared.evaluation()).isEqualTo(Evaluation.ONCE);
            });
  }

  @Test
  void sortedRowsAreKeptUnsortedAndSortedForEachReader() {
    OrderedRows sorted =
        rows.groupBy("key").aggregate("count(*) AS n", "max(id) AS id").orderBy("id DESC");
    Write[] writes = {
      sorted.select("key", "id").to(csv("export/sorted").overwrite()),
      sorted.limit(2).to(delta("mart/first").overwrite())
    };

    assertThat(lake.compile(writes).plan().shared())
        .satisfiesExactly(
            aggregate -> {
              assertThat(aggregate.step()).startsWith("aggregate");
              assertThat(aggregate.evaluation()).isEqualTo(Evaluation.ONCE);
            },
            orderBy -> {
              assertThat(orderBy.step()).startsWith("orderBy");
              assertThat(orderBy.evaluation()).isEqualTo(Evaluation.FOR_EACH_READER);
              assertThat(orderBy.reason())
                  .isEqualTo("2 readers, but kept rows have no order: sorted for each");
            });
    lake.succeed(writes);
    assertThat(lake.rows("mart/first").orderBy("id").collectAsList())
        .extracting(row -> row.getLong(2))
        .containsExactly(7L, 8L);
    assertThat(lake.content("export/sorted/sorted.csv").lines())
        .containsExactly("key,id", "2,8", "1,7", "0,6");
  }

  @Test
  void doubtIsPassedOnUntilRowsAreKept() {
    Rows listed = rows.groupBy("key").aggregate("collect_list(id) AS ids").allowVariation("a test");

    assertThat(sharedByTwo(listed.select("size(ids) AS n")))
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.step()).startsWith("select");
              assertThat(shared.evaluation()).isEqualTo(Evaluation.ONCE);
              assertThat(shared.reason()).contains("collect_list");
            });
    assertThat(
            lake.compile(
                    listed.to(delta("mart/a").overwrite()),
                    listed.select("key").to(delta("mart/b").overwrite()),
                    listed.select("key").to(delta("mart/c").overwrite()))
                .plan()
                .shared())
        .singleElement()
        .satisfies(shared -> assertThat(shared.step()).startsWith("allowVariation"));
  }

  @Test
  void repeatableStepsAreKnown() {
    Rows plain = rows.drop("m");
    for (Rows repeatable :
        List.of(
            plain.distinct(),
            plain.join(plain.groupBy("key").aggregate("count(DISTINCT id) AS n")).using("key"),
            plain.as("a").join(plain.as("b")).on("a.id = b.key").select("a.id", "b.key"),
            plain.latestBy(keys("key"), "id"),
            plain.orderBy("weight").limit(2),
            rows.latestBy(keys("key"), "id"),
            rows.orderBy("weight").limit(2),
            plain.with("n", "row_number() OVER (PARTITION BY key ORDER BY weight)"),
            plain.with("n", "lag(id) OVER (PARTITION BY key ORDER BY weight)"),
            query("SELECT id FROM r LIMIT 3"),
            query("SELECT key, sum(id) AS s, max(weight) AS w FROM r GROUP BY key"),
            query("SELECT id, rank() OVER (ORDER BY key) AS n FROM r"),
            query("SELECT id, sum(id) OVER (PARTITION BY key) AS n FROM r"),
            query("SELECT id, x FROM r LATERAL VIEW explode(array(1, 2)) t AS x"))) {
      assertThat(sharedByTwo(repeatable))
          .last()
          .satisfies(
              shared ->
                  assertThat(shared.reason())
                      .isIn(
                          "2 readers, and it joins or groups",
                          "2 readers, but it only scans and filters: cheaper to repeat than to"
                              + " keep"));
    }
  }

  @Test
  void bothSidesOfOneJoinAreTwoReaders() {
    Rows listed = rows.groupBy("key").aggregate("collect_list(id) AS ids").allowVariation("a test");
    Rows joined = listed.join(listed.select("key", "size(ids) AS n")).using("key");

    assertThat(lake.compile(joined.to(delta("mart/a").overwrite())).plan().shared())
        .singleElement()
        .satisfies(shared -> assertThat(shared.reason()).startsWith("2 readers, and collect_list"));
  }

  @Test
  void aQueryThatNamesRowsTwiceReadsThemTwice() {
    Rows listed = rows.groupBy("key").aggregate("collect_list(id) AS ids").allowVariation("a test");
    Rows twice = sql("SELECT a.key FROM l a JOIN l b USING (key)").from("l", listed);
    Rows byDefinition =
        sql("WITH w AS (SELECT * FROM l) SELECT a.key FROM w a JOIN w b USING (key)")
            .from("l", listed);

    for (Rows query : List.of(twice, byDefinition)) {
      assertThat(lake.compile(query.to(delta("mart/a").overwrite())).plan().shared())
          .singleElement()
          .satisfies(shared -> assertThat(shared.step()).startsWith("allowVariation"));
    }
  }

  @Test
  void aCheckOfRowsThatAreNotWrittenIsAReader() {
    Rows checked = rows.groupBy("key").aggregate("count(*) AS n").expect(notNull("key"));

    assertThat(lake.compile(checked.to(csv("export/a").overwrite())).plan().shared())
        .singleElement()
        .satisfies(shared -> assertThat(shared.evaluation()).isEqualTo(Evaluation.ONCE));
    assertThat(lake.compile(checked.to(delta("mart/a").overwrite())).plan().shared()).isEmpty();
  }

  private Rows query(String text) {
    return sql(text).from("r", rows);
  }

  private static void assertDoubted(Rows doubted, String reason) {
    assertDoubted(sharedByTwo(doubted), reason);
  }

  private static void assertDoubted(List<Shared> shared, String reason) {
    assertThat(shared)
        .last()
        .satisfies(
            step -> {
              assertThat(step.evaluation()).isEqualTo(Evaluation.ONCE);
              assertThat(step.reason()).contains(reason);
            });
  }

  private static List<Shared> sharedByTwo(Rows shared) {
    return sharedByTwo(shared, shared);
  }

  private static List<Shared> sharedByTwo(Rows one, Rows other) {
    return lake.compile(one.to(delta("mart/a").overwrite()), other.to(delta("mart/b").overwrite()))
        .plan()
        .shared();
  }
}
