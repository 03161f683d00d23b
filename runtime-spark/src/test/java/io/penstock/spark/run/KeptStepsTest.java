package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that is computed once means the same to each reader as one that is computed for it. */
@Tag("spark")
final class KeptStepsTest {
  private static final AtomicInteger OUTPUTS = new AtomicInteger();

  @TempDir private static Path directory;
  private static EngineLake lake;

  private static final Rows PAYMENTS = read(delta("raw/payments"));
  private static final Rows GROUPED =
      PAYMENTS.groupBy("id").aggregate("sum(amount) AS amount", "max(note) AS note");

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/payments",
        "SELECT * FROM VALUES (1, 10, 'd'), (2, 30, 'c'), (3, 20, 'b'), (4, 40, 'a')"
            + " AS t(id, amount, note)");
    lake.table("raw/notes", "SELECT * FROM VALUES (1, 'x'), (5, 'y') AS t(id, text)");
  }

  /** Steps whose rows have an order, and the ids in that order. */
  static Stream<Arguments> ordered() {
    return Stream.of(
        Arguments.of("limit", PAYMENTS.orderBy("amount DESC").limit(3), List.of(4, 2, 3)),
        Arguments.of("a group", GROUPED.orderBy("amount DESC"), List.of(4, 2, 3, 1)),
        Arguments.of("limit of a group", GROUPED.orderBy("amount DESC").limit(3), List.of(4, 2, 3)),
        Arguments.of(
            "a query",
            sql("SELECT id, amount FROM p ORDER BY amount DESC").from("p", GROUPED),
            List.of(4, 2, 3, 1)),
        Arguments.of(
            "an order by a column that is gone",
            sql("SELECT id FROM p ORDER BY amount DESC, note").from("p", GROUPED),
            List.of(4, 2, 3, 1)),
        Arguments.of(
            "a filter on limited rows",
            PAYMENTS.orderBy("note").limit(3).where("amount <> 20").with("n", "id + 1"),
            List.of(4, 2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ordered")
  void itsRowsComeInTheirOrderToEachReader(String name, Rows step, List<Integer> ids) {
    Rows first = sql("SELECT id FROM t LIMIT 1").from("t", step);
    Rows second = sql("SELECT id FROM t LIMIT 1 OFFSET 1").from("t", step);

    List<List<Integer>> alone = ids(first);
    List<List<Integer>> withOthers =
        ids(first, second, sql("SELECT max(id) AS id FROM t").from("t", step), step);
    List<List<Integer>> checked =
        ids(sql("SELECT id FROM t LIMIT 1").from("t", step.expect(rows(atLeast(1)))));
    List<List<Integer>> readTwice =
        ids(
            sql("SELECT id FROM (SELECT id FROM t LIMIT 1) UNION ALL SELECT id FROM t WHERE id < 0")
                .from("t", step));
    List<List<Integer>> besideWith =
        ids(sql("WITH r AS (SELECT max(id) AS m FROM t) SELECT id FROM t LIMIT 1").from("t", step));

    assertThat(alone).containsExactly(ids.subList(0, 1));
    assertThat(withOthers.subList(0, 2)).containsExactly(ids.subList(0, 1), ids.subList(1, 2));
    assertThat(withOthers.get(3)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(checked).isEqualTo(alone);
    assertThat(readTwice).isEqualTo(alone);
    assertThat(besideWith).isEqualTo(alone);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ordered")
  void anExportOfItHasItsOrder(String name, Rows step, List<Integer> ids) {
    String export = "export/kept-" + OUTPUTS.incrementAndGet();
    lake.succeed(
        step.select("id").to(csv(export).overwrite()), step.to(delta(output()).overwrite()));

    String file = export + export.substring(export.lastIndexOf('/')) + ".csv";
    assertThat(lake.content(file).lines().skip(1).map(Integer::valueOf)).isEqualTo(ids);
  }

  /** The key of the other side is found by its alias alone. */
  @Test
  void theKeysOfBothSidesOfAJoinAreFound() {
    Rows notes = read(delta("raw/notes"));
    for (Rows joined :
        new Rows[] {
          PAYMENTS.as("a").fullJoin(notes.as("b")).using("id"),
          PAYMENTS.as("a").leftJoin(notes.as("b")).using("id")
        }) {
      Rows unmatched = joined.where("b.id IS NULL").select("a.id");
      Rows matched = joined.where("b.id IS NOT NULL").select("b.id");

      List<List<Integer>> together = ids(unmatched, matched);

      assertThat(together.get(0)).containsExactlyInAnyOrder(2, 3, 4);
      assertThat(together).containsExactly(ids(unmatched).get(0), ids(matched).get(0));
    }
  }

  private static List<List<Integer>> ids(Rows... outputs) {
    List<String> paths = Stream.of(outputs).map(rows -> output()).toList();
    Write[] writes = new Write[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      writes[i] = outputs[i].to(delta(paths.get(i)).overwrite());
    }
    lake.succeed(writes);
    return paths.stream()
        .map(
            path ->
                lake.rows(path).orderBy("id").collectAsList().stream()
                    .map((Row row) -> row.<Integer>getAs("id"))
                    .toList())
        .toList();
  }

  private static String output() {
    return "mart/kept-" + OUTPUTS.incrementAndGet();
  }
}
