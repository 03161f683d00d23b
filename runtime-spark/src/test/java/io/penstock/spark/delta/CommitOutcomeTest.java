package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import io.penstock.spark.delta.FaultyLogStore.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class CommitOutcomeTest {
  private static final CommitStamp STAMP = stamp(unit("mine", FIRST), 5);

  @TempDir Path directory;
  private Lake lake;
  private StagedWrite staged;

  @BeforeEach
  void stageADay() {
    lake = new Lake(directory);
    FaultyLogStore.install();
    lake.daily("t");
    staged = lake.stage("t", lake.ids(7, FIRST), FIRST);
  }

  @AfterEach
  void restoreLogStore() {
    FaultyLogStore.uninstall();
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundInTheHistory() {
    FaultyLogStore.failNext(Fault.ANSWER_LOST);
    assertThat(lake.commit(staged, STAMP).version()).hasValue(1);
    assertPublishedOnce();
  }

  @Test
  void aCommitTakenForAnotherWritersIsFoundInTheHistory() {
    FaultyLogStore.failNext(Fault.TAKEN_FOR_ANOTHER);
    assertThat(lake.commit(staged, STAMP).version()).hasValue(1);
    assertPublishedOnce();
  }

  @Test
  void aCommitThatDidNotHappenSaysSo() {
    FaultyLogStore.failNext(Fault.NOT_WRITTEN);
    CommitOutcomeException failure =
        catchThrowableOfType(CommitOutcomeException.class, () -> lake.commit(staged, STAMP));
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_COMMITTED);
    assertThat(failure)
        .hasMessageContaining("no answer from the store")
        .hasMessageContaining("doesn't hold the commit");
    assertSameRows(lake.ids(0, FIRST), lake.rows("t"));
  }

  private void assertPublishedOnce() {
    assertThat(lake.tables().open(lake.path("t")).version()).isEqualTo(1);
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
  }
}
