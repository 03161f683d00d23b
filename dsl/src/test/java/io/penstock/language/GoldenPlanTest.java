package io.penstock.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.plan.Problem;
import io.penstock.plan.StructureCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Printed plans, compared with the files in {@code src/test/resources/plans}.
 *
 * <p>After a change that is meant, write the files anew and read their difference:
 *
 * <pre>mvn -pl dsl test -Dtest=GoldenPlanTest -Dgoldens=write</pre>
 */
class GoldenPlanTest {
  private static final Path PLANS = Path.of("src/test/resources/plans");

  @ParameterizedTest
  @CsvSource({
    "channel-report, TEXT, txt",
    "channel-report, MERMAID, mmd",
    "channel-report, JSON, json",
    "everything, TEXT, txt",
    "everything, MERMAID, mmd",
    "everything, JSON, json"
  })
  void aPlanPrintsAsItsFileSays(String name, PlanPrinter printer, String extension)
      throws IOException {
    String printed = printer.print(graph(name));

    Path golden = PLANS.resolve(name + "." + extension);
    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(PLANS);
      Files.writeString(golden, printed);
    }
    assertThat(printed).isEqualTo(Files.readString(golden));
  }

  @Test
  void theReferencePipelinesAreValid() {
    assertThat(StructureCheck.of(Reference.channelReport().writes())).isEmpty();
    assertThat(StructureCheck.of(Reference.everything().writes())).isEmpty();
  }

  @Test
  void theSecondOneHoldsEveryKindOfNode() {
    assertThat(Nodes.inOrder(Reference.everything().writes()))
        .extracting(node -> (Object) node.getClass())
        .containsAll(
            Stream.of(Node.class.getPermittedSubclasses())
                .flatMap(
                    kind ->
                        kind.isInterface()
                            ? Stream.of(kind.getPermittedSubclasses())
                            : Stream.of(kind))
                .toList());
  }

  @Test
  void jsonHoldsTheSameStepsAsTheGraph() throws IOException {
    PlanGraph graph = graph("everything");

    JsonNode steps = new ObjectMapper().readTree(PlanPrinter.JSON.print(graph)).get("steps");

    List<PlanGraph.Step> read = new ArrayList<>();
    for (JsonNode step : steps) {
      List<Integer> inputs = new ArrayList<>();
      step.get("inputs").forEach(input -> inputs.add(input.intValue()));
      read.add(
          new PlanGraph.Step(
              step.get("number").intValue(),
              step.get("operation").textValue(),
              step.get("detail").textValue(),
              inputs,
              step.get("site").textValue(),
              PlanGraph.Kind.valueOf(step.get("kind").textValue())));
    }
    assertThat(read).isEqualTo(graph.steps());
  }

  @Test
  void jsonEscapesEveryCharacterThatItMayNotHold() throws IOException {
    StringBuilder awkward = new StringBuilder("\"\\/ é 한 😀 \u2028 \u007f");
    for (char control = 0; control < 0x20; control++) {
      awkward.append(control);
    }
    PlanGraph graph =
        new PlanGraph(
            List.of(
                new PlanGraph.Step(
                    1, "where", awkward.toString(), List.of(), "A.java:1", PlanGraph.Kind.STEP)));

    JsonNode step = new ObjectMapper().readTree(PlanPrinter.JSON.print(graph)).at("/steps/0");

    assertThat(step.get("detail").textValue()).isEqualTo(awkward.toString());
  }

  @Test
  void numbersArePrintedAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    String expected = PlanPrinter.JSON.print(graph("channel-report"));
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(PlanPrinter.JSON.print(graph("channel-report"))).isEqualTo(expected);
      assertThat(
              new InvalidPipelineException(
                  "x", List.of(Problem.ofPipeline("CODE", "wrong.", "mend it")), List.of()))
          .hasMessageStartingWith("Pipeline 'x' is invalid: 1 problem.");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static PlanGraph graph(String name) {
    Pipeline pipeline =
        switch (name) {
          case "channel-report" -> Reference.channelReport();
          case "everything" -> Reference.everything();
          default -> throw new IllegalArgumentException("No reference pipeline is named " + name);
        };
    return PlanGraph.of(pipeline.writes());
  }
}
