package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are joined with themselves, again and again: each doubles what Spark's plan holds. */
@Tag("spark")
final class StandInsTest {
  /** Twice as many leaves as a computer has bytes. */
  private static final int FAR_TOO_DEEP = 40;

  /** Deep enough for steps that stand for others. */
  private static final int DEEP = 11;

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/t", "SELECT id, concat('name', id) AS name FROM range(3)");
  }

  @Test
  void aPlanIsAsLargeAsItsSteps() {
    RunPlan plan =
        lake.compile(
                joinedWithItself(FAR_TOO_DEEP)
                    .expect(unique("id"), notNull("id"))
                    .to(delta("mart/out").overwrite()))
            .plan();

    assertThat(plan.shared())
        .hasSize(FAR_TOO_DEEP)
        .extracting(RunPlan.Shared::evaluation)
        .contains(RunPlan.Evaluation.ONCE);
  }

  @Test
  void aRunComputesTheRowsOfTheSteps() {
    lake.succeed(
        joinedWithItself(DEEP)
            .expect(unique("id"), notNull("id"))
            .to(delta("mart/out").overwrite()));

    assertThat(lake.rows("mart/out").orderBy("id").collectAsList())
        .containsExactly(RowFactory.create(0L), RowFactory.create(1L), RowFactory.create(2L));
  }

  @Test
  void aRunComputesItsStepsOnWholePlans() {
    Rows rows = read(delta("raw/t"));
    for (int i = 0; i < DEEP; i++) {
      rows = rows.union(rows);
    }
    Write write = rows.to(delta("mart/out").overwrite());

    Compilation compiled =
        TestCompiler.on(directory, (SparkSession) lake.spark())
            .compile(EngineLake.request(EngineLake.pipeline(write)), 0);

    assertThat(compiled.toKeep()).isEmpty();
    assertThat(compiled.frame(write.rows()).queryExecution().analyzed().collectLeaves().size())
        .isEqualTo(1 << DEEP);
  }

  /** Rows that were sorted have no leaf, since their order would be lost; nor have rows on view. */
  @Test
  void aPlanThatDoublesAgainAndAgainIsRefused() {
    Rows rows = read(delta("raw/t")).orderBy("id").limit(2);
    for (int i = 0; i < FAR_TOO_DEEP; i++) {
      rows = rows.union(rows);
    }
    Rows sorted = rows;

    Problem problem = lake.problem(sorted);
    InvalidPipelineException onView =
        catchThrowableOfType(
            InvalidPipelineException.class,
            () ->
                TestCompiler.on(directory, (SparkSession) lake.spark())
                    .view(joinedWithItself(FAR_TOO_DEEP).plan(), Optional.empty(), Map.of()));

    assertThat(problem.code()).isEqualTo("PLAN_TOO_LARGE");
    assertThat(problem.message()).contains("union (StandInsTest.java:");
    assertThat(onView.problems()).extracting(Problem::code).containsExactly("PLAN_TOO_LARGE");
  }

  /** A subquery is planned for each reader, too. */
  @Test
  void aPlanThatDoublesInSubqueriesIsRefused() {
    Rows rows = read(delta("raw/t")).orderBy("id").limit(2);
    for (int i = 0; i < FAR_TOO_DEEP; i++) {
      rows = sql("SELECT * FROM p WHERE id IN (SELECT id FROM p)").from("p", rows);
    }

    assertThat(lake.problem(rows).code()).isEqualTo("PLAN_TOO_LARGE");
  }

  /** What is computed for each reader has no leaf either when it is run. */
  @Test
  void aRunWhosePlanDoublesIsRefused() {
    Rows rows = read(delta("raw/t"));
    for (int i = 0; i < FAR_TOO_DEEP; i++) {
      rows = rows.union(rows);
    }

    Failure failure = lake.run(rows.to(delta("mart/out").overwrite())).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("PLAN_TOO_LARGE");
  }

  @Test
  void hiddenColumnsAreFoundByTheirAliases() {
    Rows deep = joinedWithItself(DEEP);
    Rows some = read(delta("raw/t")).where("id > 0").select("id");
    Rows marked = deep.leftJoin(some.as("some")).using("id");

    lake.succeed(
        marked
            .where("some.id IS NULL")
            .union(marked.where("some.id = 2"))
            .to(delta("mart/out").overwrite()));

    assertThat(lake.rows("mart/out").orderBy("id").collectAsList())
        .containsExactly(RowFactory.create(0L), RowFactory.create(2L));
  }

  @Test
  void aProblemIsToldByItsColumns() {
    Problem problem = lake.problem(joinedWithItself(DEEP).select("ident"));

    assertThat(problem.code()).isEqualTo("UNRESOLVED_COLUMN");
    assertThat(problem.message() + problem.fix()).contains("ident", "Columns: id");
  }

  private static Rows joinedWithItself(int times) {
    Rows rows = read(delta("raw/t")).select("id");
    for (int i = 0; i < times; i++) {
      rows = rows.join(rows).using("id");
    }
    return rows;
  }
}
