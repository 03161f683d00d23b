package io.penstock.engine.contract;

import static io.penstock.engine.contract.ContractLake.FIRST;
import static io.penstock.engine.contract.ContractLake.SECOND;
import static io.penstock.engine.contract.ContractLake.landing;
import static io.penstock.engine.contract.ContractLake.report;
import static io.penstock.engine.contract.ContractLake.strictReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Another process can find out what became of a run, and complete it. */
interface RecoveryContract extends Contract {
  @Test
  default void aRunWhoseEndIsRecordedIsNotUnfinished() {
    lake().landed(FIRST);

    assertThat(lake().engine().lake().unfinished()).isEmpty();
  }

  @Test
  default void aRunThatIsRefusedIsNotUnfinished() {
    refuse(strictReport());

    lake().landed(FIRST).leaveBehind(strictReport(), FIRST);

    assertThat(lake().engine().lake().unfinished()).isEmpty();
  }

  @Test
  default void aRunWhoseEndIsNotRecordedIsUnfinished() {
    String runId = lake().arrived(FIRST, "1,a\n").leaveBehind(landing(), FIRST);

    assertThat(lake().engine().lake().unfinished())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.runId()).isEqualTo(runId);
              assertThat(run.pipeline()).isEqualTo("land-sales");
              assertThat(run.unit()).contains(FIRST);
            });
  }

  @Test
  default void unfinishedRunsAreFoundByWhatTheyReplace() {
    lake().landed(FIRST).arrived(FIRST, "1,a\n").leaveBehind(landing(), FIRST);

    assertThat(lake().engine().lake().unfinished(landing(), Optional.of(FIRST))).hasSize(1);
    assertThat(lake().engine().lake().unfinished(landing(), Optional.of(SECOND))).isEmpty();
    assertThat(lake().engine().lake().unfinished(report(), Optional.of(FIRST))).isEmpty();
  }

  @Test
  default void aRunThatPublishedAllIsFoundCompleteAndIsForgottenOnceThatIsRecorded() {
    lake().arrived(FIRST, "1,a\n").leaveBehind(landing(), FIRST);
    UnfinishedRun run = onlyUnfinished();

    Completion completion = run.complete(new PublishGate());

    assertThat(completion.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(completion.report().published()).isEqualTo(Published.ALL);
    assertThat(completion.report().outputs()).hasSize(1);
    run.settle();
    assertThat(lake().engine().lake().unfinished()).isEmpty();
  }

  /** An engine may have forgotten it. */
  @Test
  default void aRunThatALaterOneReplacedIsNeverCompleted() {
    lake().arrived(FIRST, "1,a\n").leaveBehind(landing(), FIRST);
    lake().run(landing(), FIRST);

    assertThat(lake().engine().lake().unfinished())
        .allSatisfy(
            run ->
                assertThat(run.complete(new PublishGate()).ending()).isEqualTo(Ending.OVERTAKEN));
  }

  @Test
  default void completingARunIsRefusedByAStopAndCanBeTriedAgain() {
    lake().arrived(FIRST, "1,a\n").leaveBehind(landing(), FIRST);
    PublishGate gate = new PublishGate();
    gate.stop();

    RunFailedException stopped =
        catchThrowableOfType(RunFailedException.class, () -> onlyUnfinished().complete(gate));

    assertThat(stopped.failure().kind()).isEqualTo(FailureKind.STOPPED);
    assertThat(onlyUnfinished().complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);
  }

  private UnfinishedRun onlyUnfinished() {
    assertThat(lake().engine().lake().unfinished()).hasSize(1);
    return lake().engine().lake().unfinished().get(0);
  }
}
