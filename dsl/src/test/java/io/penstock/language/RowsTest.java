package io.penstock.language;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.dsl.SqlRows;
import io.penstock.plan.Node;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.plan.Site;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowsTest {
  private final Rows sessions = read(delta("raw/sessions"));

  @Test
  void theSurfaceStaysSmall() {
    assertThat(
            Arrays.stream(Rows.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList())
        .hasSizeLessThanOrEqualTo(25);
  }

  @Test
  void noWordOfTheSurfaceTakesABooleanOrGets() {
    assertThat(
            Arrays.stream(Rows.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList())
        .allSatisfy(
            method -> {
              assertThat(method.getName()).doesNotStartWith("get");
              assertThat(method.getParameterTypes()).doesNotContain(boolean.class);
            });
  }

  @Test
  void aStepLeavesTheRowsItStartsFromAsTheyAre() {
    Node before = sessions.plan();

    Rows selected = sessions.where("id > 0").select("id");

    assertThat(sessions.plan()).isSameAs(before);
    assertThat(((Node.Unary) ((Node.Unary) selected.plan()).input()).input()).isSameAs(before);
  }

  @Test
  void rowsUsedTwiceAreOneStep() {
    Rows paid = sessions.where("amount > 0");

    PlanGraph graph =
        PlanGraph.of(
            List.of(
                paid.to(delta("mart/paid").overwrite()),
                paid.union(paid).to(csv("export/paid").overwrite())));

    assertThat(graph.steps())
        .extracting(PlanGraph.Step::operation)
        .containsExactly("read", "where", "union", "to", "to");
    assertThat(graph.steps().get(2).inputs()).containsExactly(2, 2);
    assertThat(graph.readers(graph.steps().get(1))).isEqualTo(2);
  }

  @Test
  void rowsDescribedTwiceAreTwoSteps() {
    PlanGraph graph =
        PlanGraph.of(
            List.of(
                read(delta("raw/x")).union(read(delta("raw/x"))).to(delta("mart/x").overwrite())));

    assertThat(graph.steps()).hasSize(4);
  }

  @Test
  void thePlanOfTheSameProgramIsNumberedTheSameEveryTime() {
    String first = PlanPrinter.TEXT.print(PlanGraph.of(Reference.everything().writes()));

    for (int again = 0; again < 20; again++) {
      assertThat(PlanPrinter.TEXT.print(PlanGraph.of(Reference.everything().writes())))
          .isEqualTo(first);
    }
  }

  @Test
  void everyStepKnowsTheUsersLine() {
    int line = lineOfCaller();
    Rows paid = sessions.where("amount > 0");
    Rows latest = paid.latestBy(keys("id"), "ts");
    Rows joined = latest.join(sessions).using("id");

    assertThat(paid.plan().site()).isEqualTo(new Site("RowsTest.java", line + 1));
    assertThat(latest.plan().site()).isEqualTo(new Site("RowsTest.java", line + 2));
    assertThat(joined.plan().site()).isEqualTo(new Site("RowsTest.java", line + 3));
  }

  @Test
  void aQueryNamesEachOfItsTablesOnce() {
    SqlRows query = sql("SELECT * FROM s JOIN p").from("s", sessions);

    assertThat(((Node.Sql) query.from("p", sessions).plan()).tables()).containsOnlyKeys("s", "p");
    assertThat(((Node.Sql) query.plan()).tables()).containsOnlyKeys("s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.from("s", sessions))
        .withMessage("Cannot name two tables 's' in one query: give one of them another name.");
  }

  @Test
  void aPipelinesParametersHaveDifferentNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Pipeline.named("top")
                    .parameters(Parameter.integer("n"), Parameter.string("N"))
                    .writes(sessions.to(delta("mart/top").overwrite())))
        .withMessage("Cannot use 'N' twice in the parameters of 'top'.");
  }

  @Test
  void aPipelineRunsByTheUnitsOfItsFirstDatedSink() {
    Partition day = Partition.daily("day");

    assertThat(
            Pipeline.named("x")
                .writes(
                    sessions.to(delta("mart/whole").overwrite()),
                    sessions.to(delta("mart/day").overwrite(day)))
                .partition())
        .contains(day);
    assertThat(Pipeline.named("x").writes(sessions.to(delta("mart/whole").overwrite())).partition())
        .isEmpty();
  }

  @Test
  void aStepMadeThroughAStreamPointsAtTheUsersLineToo() {
    Rows viaReference = Stream.of("id > 0").map(sessions::where).toList().get(0);

    assertThat(viaReference.plan().site().file()).isEqualTo("RowsTest.java");
  }

  private static int lineOfCaller() {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(1).findFirst().orElseThrow())
        .getLineNumber();
  }
}
