package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alias is valid until the next step that computes all columns anew. */
@Tag("spark")
final class AliasLifetimeTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows left = read(delta("raw/rows")).as("a");
  private final Rows right = read(delta("raw/rows")).as("b");

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id, 2 AS value, 3 AS other");
  }

  @Test
  void isValidAfterEveryStepThatKeepsColumns() {
    List<UnaryOperator<Rows>> steps =
        List.of(
            rows -> rows.where("a.value > 0"),
            rows -> rows.with("more", "a.value + 1"),
            rows -> rows.with("other", "a.value + 1"),
            rows -> rows.drop("value"),
            rows -> rows.rename("value", "renamed"),
            rows -> rows.latestBy(keys("id"), "value"),
            rows -> rows.orderBy("a.value"),
            rows -> rows.orderBy("value").limit(3),
            Rows::distinct,
            rows -> rows.hint("broadcast"),
            rows -> rows.expect(notNull("id")));

    for (UnaryOperator<Rows> step : steps) {
      Rows joined = step.apply(left).join(right).on("a.id = b.id").select("a.id", "b.value");
      assertThat(lake.compile(joined.to(delta("mart/out").overwrite()))).isNotNull();
    }
  }

  @Test
  void namesTheColumnsThatAreAddedReplacedAndRenamed() {
    Rows changed =
        left.with("more", "value + 1").with("other", "value * 2").rename("value", "renamed");
    Rows joined =
        changed
            .join(right)
            .on("a.id = b.id AND a.more > b.value")
            .select("a.more", "a.other", "a.renamed");

    assertThat(lake.compile(joined.to(delta("mart/out").overwrite()))).isNotNull();
  }

  @Test
  void isValidAfterAJoin() {
    Rows joined =
        left.join(right)
            .on("a.id = b.id")
            .where("a.value = b.value")
            .with("sum", "a.value + b.value")
            .orderBy("a.id")
            .select("a.id", "b.id AS other_id", "sum");

    assertThat(lake.compile(joined.to(delta("mart/out").overwrite()))).isNotNull();
  }

  @Test
  void isValidInAnExpectationOnRowsThatAreWrittenUnchanged() {
    lake.succeed(
        left.expect(satisfies("a.value > 0"), notNull("a.id"))
            .to(delta("mart/checked").overwrite()));
  }

  @Test
  void endsAtASelect() {
    Problem problem = lake.problem(left.select("id", "value").where("a.id > 0"));

    assertThat(problem.message()).isEqualTo("Cannot find 'a.id' in \"a.id > 0\".");
  }

  @Test
  void endsAtAnAggregate() {
    assertThat(
            lake.problem(left.groupBy("id").aggregate("max(value) AS value").where("a.id > 0"))
                .code())
        .isEqualTo("UNRESOLVED_COLUMN");
  }
}
