package io.penstock.engine.contract;

import static io.penstock.engine.contract.ContractLake.EXPORT;
import static io.penstock.engine.contract.ContractLake.FIRST;
import static io.penstock.engine.contract.ContractLake.MART;
import static io.penstock.engine.contract.ContractLake.SALES;
import static io.penstock.engine.contract.ContractLake.SECOND;
import static io.penstock.engine.contract.ContractLake.landing;
import static io.penstock.engine.contract.ContractLake.report;
import static io.penstock.engine.contract.ContractLake.strictReport;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.CompiledRun;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunReport.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A run publishes all of its outputs or none of them, and tells which. */
interface RunningContract extends Contract {
  @Test
  default void aRunPublishesItsOutputsInDeclaredOrder() {
    RunReport report = lake().landed(FIRST).run(report(), FIRST);

    assertThat(report.failure()).isEmpty();
    assertThat(report.published()).isEqualTo(Published.ALL);
    assertThat(report.inputs()).extracting(RunReport.Input::name).containsExactly(SALES.text());
    assertThat(report.outputs())
        .extracting(RunReport.Output::name)
        .containsExactly(MART.text(), EXPORT.text());
    assertThat(report.outputs())
        .extracting(output -> output.version().isPresent())
        .as("tables have versions")
        .containsExactly(true, false);
    assertThat(report.outputs())
        .allSatisfy(output -> assertThat(output.units()).containsExactly("day=2026-03-01"));
  }

  @Test
  default void aRunMakesItsUnitPresentAndNoOther() {
    lake().landed(SECOND);

    assertThat(lake().engine().lake().isPresent(SALES)).isTrue();
    assertThat(lake().missing(SALES)).containsExactly(FIRST);
  }

  @Test
  default void aUnitWithoutRowsIsPresent() {
    lake().arrived(FIRST).run(landing(), FIRST);

    assertThat(lake().missing(SALES)).containsExactly(SECOND);
  }

  @Test
  default void aRunOfTheSameUnitReplacesIt() {
    lake().landed(FIRST).landed(SECOND).run(report(), FIRST);
    lake().run(report(), SECOND);

    assertThat(lake().run(report(), FIRST).published()).isEqualTo(Published.ALL);

    assertThat(lake().missing(MART)).isEmpty();
    assertThat(lake().engine().lake().currentExports(EXPORT)).hasSize(2);
  }

  @Test
  default void aRunThatACheckRefusesPublishesNothing() {
    refuse(strictReport());

    RunReport report = lake().landed(FIRST).run(strictReport(), FIRST);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().map(Failure::kind)).contains(FailureKind.DATA);
    assertThat(report.checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.status()).isEqualTo(Status.FAILED);
              assertThat(check.failingRows()).isPositive();
              assertThat(check.examples()).isNotEmpty();
            });
    assertThat(lake().holdsAReport()).isFalse();
  }

  @Test
  default void aRunThatIsToldToStopBeforePublishesNothing() {
    CompiledRun run = lake().landed(FIRST).compile(report(), FIRST);
    PublishGate gate = new PublishGate();
    gate.stop();

    RunReport report = run.execute(gate, ProgressListener.SILENT);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().map(Failure::kind)).contains(FailureKind.STOPPED);
    assertThat(lake().holdsAReport()).isFalse();
  }

  /** Whoever stops can't know how far a run is. */
  @Test
  default void aStopWhileARunPublishesLeavesAllOrNothing() throws InterruptedException {
    CompiledRun run = lake().landed(FIRST).compile(report(), FIRST);
    PublishGate gate = new PublishGate();
    Thread stopping =
        new Thread(
            () -> {
              while (gate.publications() == 0) {
                Thread.onSpinWait();
              }
              gate.stop();
            });
    stopping.setDaemon(true);
    stopping.start();

    RunReport report = run.execute(gate, ProgressListener.SILENT);
    stopping.join();

    boolean all = report.failure().isEmpty();
    assertThat(report.published()).isEqualTo(all ? Published.ALL : Published.NONE);
    assertThat(lake().engine().lake().isPresent(MART)).isEqualTo(all);
    assertThat(lake().engine().lake().hasExport(EXPORT)).isEqualTo(all);
  }

  @Test
  default void aStoppedEngineComputesNothing() {
    CompiledRun run = lake().landed(FIRST).compile(report(), FIRST);

    lake().engine().stop();

    assertThat(failureOf(run)).isPresent();
    assertThat(lake().holdsAReport()).isFalse();
  }

  private static Optional<Failure> failureOf(CompiledRun run) {
    try {
      return run.execute(new PublishGate(), ProgressListener.SILENT).failure();
    } catch (RunFailedException e) {
      return Optional.of(e.failure());
    }
  }

  @Test
  default void aRunTellsItsPhases() {
    List<String> phases = new CopyOnWriteArrayList<>();

    lake()
        .arrived(FIRST, "1,a\n")
        .compile(landing(), FIRST)
        .execute(
            new PublishGate(),
            new ProgressListener() {
              @Override
              public void phase(String name) {
                phases.add(name);
              }

              @Override
              public void tasks(int done, int known) {}
            });

    assertThat(phases).isNotEmpty().doesNotContain("");
  }
}
