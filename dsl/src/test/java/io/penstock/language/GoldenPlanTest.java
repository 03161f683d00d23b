package io.penstock.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.plan.Problem;
import io.penstock.plan.StructureCheck;
import io.penstock.plan.Write;
import io.penstock.spec.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <pre>mvn -Pquick test -pl dsl -am -Dtest=GoldenPlanTest -Dgoldens=write</pre>
 */
class GoldenPlanTest {
  private static final Path PLANS = Path.of("src/test/resources/plans");

  @ParameterizedTest
  @CsvSource({
    "channel-report, TEXT, txt",
    "channel-report, MERMAID, mmd",
    "everything, TEXT, txt",
    "everything, MERMAID, mmd"
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
  void theSecondOneHoldsEveryKindOfCheck() {
    List<Write> writes = Reference.everything().writes();

    assertThat(
            Stream.concat(
                Nodes.inOrder(writes).stream()
                    .filter(Node.Expect.class::isInstance)
                    .flatMap(node -> ((Node.Expect) node).expectations().stream()),
                writes.stream().flatMap(write -> write.sink().expectations().stream())))
        .extracting(check -> (Object) check.getClass())
        .containsAll(List.of(Expectation.class.getPermittedSubclasses()));
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
  void numbersArePrintedAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    String expected = PlanPrinter.TEXT.print(graph("channel-report"));
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(PlanPrinter.TEXT.print(graph("channel-report"))).isEqualTo(expected);
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
