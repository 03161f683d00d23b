package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Site;
import io.penstock.plan.Suggestions;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvalidPipelineExceptionTest {
  private static final LakePath SALES = new LakePath("raw/sales");
  private static final Node READ =
      new Node.Read(
          new DeltaSource(SALES, Optional.empty(), Source.WhenMissing.FAIL, Optional.empty()),
          new Site("DailySales.java", 31));
  private static final Problem UNRESOLVED =
      Problem.at(
          new Node.Aggregate(
              READ,
              List.of(),
              List.of("sum(quantity * unit_prise) AS revenue"),
              new Site("DailySales.java", 35)),
          "UNRESOLVED_COLUMN",
          "Cannot find 'unit_prise' in \"sum(quantity * unit_prise) AS revenue\".",
          Suggestions.sentence("unit_prise", "Columns", List.of("quantity", "unit_price")));
  private static final Problem MISSING =
      Problem.at(READ, "MISSING_INPUT", "Cannot read 'raw/sales': it is not there.", "land it.");

  @Test
  void allProblemsPrintInOneMessage() {
    Problem schema =
        Problem.ofPipeline(
            "SCHEMA_CHANGED",
            "Cannot write to 'mart/sales':\n  table: day DATE\n  rows:  day STRING",
            "change one of them:\nALTER TABLE …");

    assertThat(new InvalidPipelineException("daily-sales", List.of(UNRESOLVED, schema), List.of()))
        .hasMessage(
            """
            Pipeline 'daily-sales' is invalid: 2 problems.
            1. UNRESOLVED_COLUMN at aggregate (DailySales.java:35)
               Cannot find 'unit_prise' in "sum(quantity * unit_prise) AS revenue".
               Fix: did you mean 'unit_price'? Columns: quantity, unit_price.
            2. SCHEMA_CHANGED
               Cannot write to 'mart/sales':
                 table: day DATE
                 rows:  day STRING
               Fix: change one of them:
               ALTER TABLE …\
            """);
  }

  @Test
  void oneProblemIsTheFailureItself() {
    InvalidPipelineException invalid =
        new InvalidPipelineException("daily-sales", List.of(UNRESOLVED), List.of());

    assertThat(invalid)
        .hasMessageStartingWith("Pipeline 'daily-sales' is invalid: 1 problem.\n1. ");
    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(invalid.failure().code()).isEqualTo("UNRESOLVED_COLUMN");
    assertThat(invalid.failure().fix()).startsWith("did you mean 'unit_price'?");
  }

  @Test
  void theFixOfOneProblemIsToldOnce() {
    InvalidPipelineException invalid =
        new InvalidPipelineException("daily-sales", List.of(UNRESOLVED), List.of());

    assertThat(invalid).hasMessageContaining("\n   Fix: did you mean 'unit_price'?");
    assertThat(invalid.failure().message())
        .endsWith("in \"sum(quantity * unit_prise) AS revenue\".");
  }

  @Test
  void whatIsNotThereYetDoesNotMakeAPipelineInvalid() {
    MissingInput input = new MissingInput(SALES, List.of());

    assertThat(invalid(List.of(MISSING), List.of(input)))
        .hasMessageStartingWith(
            "Pipeline 'daily-sales' cannot run yet: 1 input isn't there.\n1. MISSING_INPUT at");
    assertThat(invalid(List.of(MISSING, MISSING), List.of(input, input)))
        .hasMessageStartingWith("Pipeline 'daily-sales' cannot run yet: 2 inputs aren't there.\n");
    assertThat(invalid(List.of(MISSING, UNRESOLVED), List.of(input)))
        .hasMessageStartingWith(
            "Pipeline 'daily-sales' is invalid: 1 problem, and 1 input isn't there.\n1. ")
        .hasMessageContaining("\n2. UNRESOLVED_COLUMN at");
    assertThat(invalid(List.of(MISSING), List.of(input)).failureForGood().message())
        .startsWith("Pipeline 'daily-sales' is invalid: 1 problem.");
  }

  @Test
  void onlyMissingInputsAreWorthARetry() {
    MissingInput input = new MissingInput(SALES, List.of());

    assertThat(kind(List.of(MISSING), List.of(input))).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(kind(List.of(MISSING, UNRESOLVED), List.of(input))).isEqualTo(FailureKind.INVALID);
  }

  @Test
  void missingInputsHaveOneCodeHoweverManyTheyAre() {
    MissingInput input = new MissingInput(SALES, List.of());

    assertThat(invalid(List.of(MISSING), List.of(input)).failure().code())
        .isEqualTo("INPUT_MISSING");
    assertThat(invalid(List.of(MISSING, MISSING), List.of(input, input)).failure().code())
        .isEqualTo("INPUT_MISSING");
  }

  @Test
  void inputsThatNobodyWillProduceAreOrdinaryProblems() {
    MissingInput input = new MissingInput(SALES, List.of());

    Failure one = invalid(List.of(MISSING), List.of(input)).failureForGood();
    assertThat(one.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(one.code()).isEqualTo("MISSING_INPUT");
    assertThat(one.message()).contains("Cannot read 'raw/sales'");
    assertThat(invalid(List.of(MISSING, MISSING), List.of(input, input)).failureForGood().code())
        .isEqualTo("INVALID_PIPELINE");
  }

  @Test
  void aProblemSaysSomethingAndHowToMendIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.ofPipeline("CODE", " ", "mend it"))
        .withMessage("Cannot use a blank text as a problem's message.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.ofPipeline("CODE", "wrong", ""))
        .withMessage("Cannot use a blank text as a problem's fix.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.ofPipeline("a code", "wrong", "mend it"))
        .withMessageContaining("as a problem's code");
  }

  private static FailureKind kind(List<Problem> problems, List<MissingInput> inputs) {
    return invalid(problems, inputs).failure().kind();
  }

  private static InvalidPipelineException invalid(
      List<Problem> problems, List<MissingInput> inputs) {
    return new InvalidPipelineException("daily-sales", problems, inputs);
  }
}
