package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps on plans that are large already are what they are on small ones. */
@Tag("spark")
final class LargePlansTest {
  private static final int STEPS = 150;

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/t", "SELECT id, concat('name', id) AS name FROM range(3)");
  }

  private static Rows manySteps() {
    Rows rows = read(delta("raw/t")).with("n", "CAST(0 AS BIGINT)");
    for (int step = 0; step < STEPS; step++) {
      rows = rows.with("n", "n + id");
    }
    return rows;
  }

  @Test
  void theRowsAreThoseOfAllSteps() {
    Rows rows =
        manySteps()
            .as("a")
            .where("a.n > 0 AND a.id IN (1, 2)")
            .rename("n", "total")
            .with("twice", "a.total + a.total")
            .drop("name")
            .select("id", "total", "twice AS double")
            .where("double > 0");

    lake.succeed(rows.to(delta("mart/out").overwrite()));

    assertThat(lake.rows("mart/out").orderBy("id").collectAsList())
        .containsExactly(RowFactory.create(1L, 150L, 300L), RowFactory.create(2L, 300L, 600L));
  }

  @Test
  void thePlanIsWholeAndHoldsEachStepOnce() {
    Write write = manySteps().to(delta("mart/out").overwrite());
    AtomicInteger projections = new AtomicInteger();
    AtomicInteger leaves = new AtomicInteger();

    TestCompiler.on(directory, (SparkSession) lake.spark())
        .compile(EngineLake.request(EngineLake.pipeline(write)), 0)
        .frame(write.rows())
        .queryExecution()
        .analyzed()
        .foreach(
            node -> {
              projections.addAndGet(node instanceof Project ? 1 : 0);
              leaves.addAndGet(node instanceof LogicalRDD ? 1 : 0);
              return null;
            });

    assertThat(projections.get()).isEqualTo(STEPS + 1);
    assertThat(leaves.get()).as("leaves that stand for a plan").isZero();
  }

  @Test
  void aProblemIsToldAtItsStep() {
    Problem problem = lake.problem(manySteps().with("x", "idd + 1"));

    assertThat(problem.code()).isEqualTo("UNRESOLVED_COLUMN");
    assertThat(problem.place().orElseThrow()).contains("with", "LargePlansTest.java");
    assertThat(problem.message() + problem.fix()).contains("idd", "id");
  }
}
