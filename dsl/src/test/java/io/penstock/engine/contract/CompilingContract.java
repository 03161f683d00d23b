package io.penstock.engine.contract;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.engine.contract.ContractLake.DAY;
import static io.penstock.engine.contract.ContractLake.EXPORT;
import static io.penstock.engine.contract.ContractLake.FIRST;
import static io.penstock.engine.contract.ContractLake.MART;
import static io.penstock.engine.contract.ContractLake.SALES;
import static io.penstock.engine.contract.ContractLake.SECOND;
import static io.penstock.engine.contract.ContractLake.landing;
import static io.penstock.engine.contract.ContractLake.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunPlan.Target;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compiling finds what a run would do, or everything that keeps it from being run. */
interface CompilingContract extends Contract {
  @Test
  default void aPlanSaysWhatIsReadAndWhatIsReplaced() {
    lake().landed(FIRST);

    RunPlan plan = lake().compile(report(), FIRST).plan();

    assertThat(plan.pipeline()).isEqualTo("report-sales");
    assertThat(plan.unit()).contains(FIRST);
    assertThat(plan.inputs())
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.name()).isEqualTo(SALES.text());
              assertThat(input.version()).isPresent();
              assertThat(input.units()).containsExactly("day=2026-03-01");
            });
    assertThat(plan.outputs())
        .extracting(RunPlan.Output::name)
        .containsExactly(MART.text(), EXPORT.text());
    assertThat(plan.outputs())
        .allSatisfy(
            output -> {
              assertThat(output.units()).containsExactly("day=2026-03-01");
              assertThat(output.target()).isEqualTo(Target.TO_BE_CREATED);
            });
  }

  @Test
  default void anOutputThatIsThereIsNotToBeCreated() {
    lake().landed(FIRST).run(report(), FIRST);

    assertThat(lake().compile(report(), FIRST).plan().outputs())
        .extracting(RunPlan.Output::target)
        .containsOnly(Target.PRESENT);
  }

  @Test
  default void compilingPublishesNothing() {
    lake().arrived(FIRST, "1,a\n").compile(landing(), FIRST);

    assertThat(lake().engine().lake().isPresent(SALES)).isFalse();
    assertThat(lake().engine().lake().unfinished()).isEmpty();
  }

  @Test
  default void everythingThatIsMissingIsToldAtOnce() {
    Rows orders = read(delta("raw/orders").partition(DAY));
    Rows refunds = read(delta("raw/refunds"));
    InvalidPipelineException invalid =
        refused(
            Pipeline.named("both")
                .writes(
                    orders
                        .join(refunds)
                        .using("id")
                        .select("id", "day")
                        .to(delta("mart/both").overwrite(DAY))),
            FIRST);

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(invalid.missingInputs())
        .containsExactly(
            MissingInput.unknownTable(new LakePath("raw/orders")),
            MissingInput.unknownTable(new LakePath("raw/refunds")));
    assertThat(invalid.problems())
        .hasSize(2)
        .allSatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo("UNKNOWN_TABLE");
              assertThat(problem.place()).isPresent();
              assertThat(problem.fix()).isNotBlank();
            });
  }

  @Test
  default void theUnitsThatAreMissingAreNamed() {
    lake().landed(FIRST);

    InvalidPipelineException invalid =
        refused(
            Pipeline.named("two-days")
                .writes(
                    read(delta(SALES.text()).partition(DAY.last(2).as("report_day")))
                        .to(delta("mart/two_days").overwrite(Partition.daily("report_day")))),
            SECOND);

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(invalid.missingInputs())
        .containsExactly(new MissingInput(SALES, List.of(SECOND), MissingInput.State.AWAITED));
  }

  @Test
  default void whatMayBeAbsentIsNotMissing() {
    Rows sales =
        read(delta(SALES.text()).partition(DAY).orEmpty().schema("id INT, shop STRING, day DATE"));

    RunPlan plan =
        lake()
            .compile(
                Pipeline.named("perhaps").writes(sales.to(delta(MART.text()).overwrite(DAY))),
                FIRST)
            .plan();

    assertThat(plan.outputs()).hasSize(1);
  }

  private InvalidPipelineException refused(Pipeline pipeline, Interval unit) {
    InvalidPipelineException invalid =
        catchThrowableOfType(InvalidPipelineException.class, () -> lake().compile(pipeline, unit));
    assertThat(invalid).as("the pipeline is refused").isNotNull();
    return invalid;
  }
}
