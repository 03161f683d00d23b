package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class CommittingTest {
  private static final UnitId UNIT = unit("mine", FIRST);
  private static final CommitStamp STAMP = stamp(UNIT, 5);

  @TempDir private static Path made;
  private static Lake published;

  @TempDir private Path directory;
  private Lake lake;
  private StagedWrite staged;

  @BeforeAll
  static void publishADay() {
    published = Lake.withPublishedDay(made);
  }

  @BeforeEach
  void stageADay() {
    lake = published.copyTo(directory);
    staged = lake.stage("t", lake.ids(7, FIRST), FIRST);
  }

  @Test
  void anotherTasksEarlierCommitToThePartitionIsReplaced() {
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(unit("other", FIRST), 9));
    assertThat(lake.commit(staged, STAMP).attempts()).isEqualTo(1);
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
  }

  @Test
  void anotherTasksCommitInTheSameMomentIsReplacedOnTheNextTry() {
    CommitResult result =
        commitWhile(
            () -> lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(unit("other", FIRST), 9)));
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.version()).hasValue(3);
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
  }

  @Test
  void anotherPartitionsCommitIsNotInTheWay() {
    CommitResult result =
        commitWhile(
            () -> lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("mine", SECOND), 9)));
    assertThat(result.attempts()).isEqualTo(1);
    assertSameRows(lake.ids(7, FIRST).union(lake.ids(3, SECOND)), lake.rows("t"));
  }

  @Test
  void optimizingThePartitionInBetweenLosesNothing() {
    CommitResult result = commitWhile(() -> lake.sql("t", "OPTIMIZE {table}").collect());
    assertThat(result.attempts()).isEqualTo(2);
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
  }

  @Test
  void endlessConflictsEndInAnError() {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                lake.commit(
                    staged,
                    STAMP,
                    TableDescription.NONE,
                    () -> {
                      tries.incrementAndGet();
                      lake.sql("t", "INSERT INTO {table} VALUES (1, DATE'2026-03-01')");
                    }))
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContaining("each of 6 times");
    assertThat(tries).hasValue(6);
  }

  @Test
  void aNewerAttemptIsNeverOverwritten() {
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));
    assertThatThrownBy(() -> lake.commit(staged, STAMP))
        .isInstanceOf(OvertakenException.class)
        .hasMessageContaining("attempt 6 of the same task has published it already");
    assertSameRows(lake.ids(3, FIRST), lake.rows("t"));
  }

  @Test
  void aNewerAttemptInTheSameMomentIsNotOverwrittenEither() {
    assertThatThrownBy(
            () -> commitWhile(() -> lake.replace("t", lake.ids(0, FIRST), FIRST, stamp(UNIT, 6))))
        .isInstanceOf(OvertakenException.class);
    assertSameRows(lake.ids(0, FIRST), lake.rows("t"));
  }

  @Test
  void committingTwiceIsCommittingOnce() {
    CommitResult first = lake.commit(staged, STAMP);
    assertThat(lake.commit(staged, STAMP).version()).isEqualTo(first.version());
    assertThat(first.version()).hasValue(lake.tables().open(lake.path("t")).version());
  }

  @Test
  void aCommitThatWasMadeIsNotMadeAgainBehindALaterAttempt() {
    CommitResult first = lake.commit(staged, STAMP);
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));

    assertThat(lake.commit(staged, STAMP).version()).isEqualTo(first.version());
    assertSameRows(lake.ids(3, FIRST), lake.rows("t"));
  }

  @Test
  void aCommitThatWasMadeNeedsNoTableThatStillFits() {
    CommitResult first = lake.commit(staged, STAMP);
    lake.sql("t", "ALTER TABLE {table} ADD COLUMN note STRING");

    assertThat(lake.commit(staged, STAMP).version()).isEqualTo(first.version());
  }

  @Test
  void aClosedGateEndsTheCommitUnpublished() {
    IllegalStateException closed = new IllegalStateException("closed");
    assertThatThrownBy(
            () ->
                lake.commit(
                    staged,
                    STAMP,
                    TableDescription.NONE,
                    () -> {
                      throw closed;
                    }))
        .isSameAs(closed);
    assertSameRows(lake.ids(2, FIRST), lake.rows("t"));
  }

  @Test
  void vacuumedFilesAreNotCommitted() {
    lake.spark().conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    try {
      lake.sql("t", "VACUUM {table} RETAIN 0 HOURS").collect();
    } finally {
      lake.spark().conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
    }
    assertThatThrownBy(() -> lake.commit(staged, STAMP))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("FILE_GONE"))
        .hasMessageContaining("is gone")
        .hasMessageContaining("VACUUM");
    assertSameRows(lake.ids(2, FIRST), lake.rows("t"));
  }

  @Test
  void truncatedFilesAreNotCommitted() throws IOException {
    Path file = Path.of(StagedFile.of(staged).get(0).path().toUri());
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> lake.commit(staged, STAMP))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("FILE_GONE"))
        .hasMessageContaining("has 3 bytes");
  }

  @Test
  void aTableWithNewRulesIsNotCommittedTo() {
    lake.sql("t", "ALTER TABLE {table} ADD CONSTRAINT small CHECK (id < 5)");
    assertThatThrownBy(() -> lake.commit(staged, STAMP))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("CONCURRENT_WRITER"))
        .hasMessageContaining("Run again");
  }

  @Test
  void aTableWithNewColumnsIsNotCommittedTo() {
    lake.sql("t", "ALTER TABLE {table} ADD COLUMNS (extra INT)");
    assertThatThrownBy(() -> lake.commit(staged, STAMP))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("CONCURRENT_WRITER"));
  }

  @Test
  void aNewDescriptionIsNotInTheWay() {
    lake.sql("t", "COMMENT ON TABLE {table} IS 'clicks'");
    lake.commit(staged, STAMP);
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
  }

  @Test
  void aDescriptionIsSetByTheSameCommitWhereItDiffers() {
    TableDescription description =
        new TableDescription(
            Optional.of("new ${spark.app.name} \\ comment"),
            Map.of(TableProperties.BUSINESS_OWNER, "finance"));
    lake.sql("t", "ALTER TABLE {table} SET TBLPROPERTIES ('penstock.pipeline' = 'sales')");
    PinnedTable before = lake.tables().open(lake.path("t"));

    lake.commit(staged, STAMP, description, () -> {});

    PinnedTable after = lake.tables().open(lake.path("t"));
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.comment()).contains("new ${spark.app.name} \\ comment");
    assertThat(after.properties())
        .containsEntry(TableProperties.BUSINESS_OWNER, "finance")
        .containsEntry(TableProperties.PIPELINE, "sales");
  }

  @Test
  void aLateAttemptDescribesNothing() {
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));
    TableDescription late = new TableDescription(Optional.of("late"), Map.of());
    assertThatThrownBy(() -> lake.commit(staged, STAMP, late, () -> {}))
        .isInstanceOf(OvertakenException.class);
    assertThat(lake.tables().open(lake.path("t")).comment()).isEmpty();
  }

  /** Commits, with something else happening right before the first try. */
  private CommitResult commitWhile(Runnable otherWriter) {
    AtomicInteger tries = new AtomicInteger();
    return lake.commit(
        staged,
        STAMP,
        TableDescription.NONE,
        () -> {
          if (tries.incrementAndGet() == 1) {
            otherWriter.run();
          }
        });
  }
}
