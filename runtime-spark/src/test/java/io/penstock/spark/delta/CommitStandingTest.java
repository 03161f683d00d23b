package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.publication.SinkPublication.Standing;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class CommitStandingTest {
  private static final UnitId UNIT = unit("mine", FIRST);
  private static final UnitId UNIT_BESIDE = unit("mine", SECOND);
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
  void aCommitWaitsUntilItIsMade() {
    assertThat(standing(STAMP)).isEqualTo(CommitStanding.of(Standing.WAITING));

    lake.commit(staged, STAMP);

    assertThat(standing(STAMP))
        .isEqualTo(new CommitStanding(Standing.PUBLISHED, OptionalLong.of(2)));
  }

  @Test
  void aLaterAttemptOvertakesIt() {
    lake.commit(staged, STAMP);
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.OVERTAKEN);
  }

  @Test
  void anotherAttemptWithItsNumberOvertakesIt() {
    CommitStamp other =
        new CommitStamp("other", "mine", "", "", Collections.emptySortedMap(), STAMP.units());
    lake.replace("t", lake.ids(3, FIRST), FIRST, other);

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.OVERTAKEN);
  }

  @Test
  void whatOthersDoElsewhereChangesNothing() {
    lake.commit(staged, STAMP);
    lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("mine", SECOND), 9));
    lake.sql("t", "DELETE FROM {table} WHERE day = DATE'" + SECOND + "'").collect();

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.PUBLISHED);
  }

  @Test
  void filesThatAreMergedHoldTheSameRows() {
    lake.commit(staged, STAMP);
    lake.sql("t", "OPTIMIZE {table}").collect();

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.PUBLISHED);

    lake.sql("t", "DELETE FROM {table} WHERE id = 3").collect();

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.TAKEN_BACK);
  }

  @Test
  void rowsThatSomebodyDeletedWereTakenBack() {
    lake.commit(staged, STAMP);
    lake.sql("t", "DELETE FROM {table} WHERE id = 3").collect();

    assertThat(standing(STAMP))
        .isEqualTo(new CommitStanding(Standing.TAKEN_BACK, OptionalLong.of(2)));
  }

  @Test
  void aRestoredTableHasTakenItBack() {
    lake.commit(staged, STAMP);
    lake.sql("t", "RESTORE TABLE {table} TO VERSION AS OF 1").collect();

    assertThat(standing(STAMP).standing()).isEqualTo(Standing.TAKEN_BACK);
  }

  @Test
  void aHistoryThatIsGoneLeavesTheNumberThatIsGivenOnce() {
    lake.commit(staged, STAMP);
    for (int attempt = 1; attempt <= 3; attempt++) {
      lake.replace("t", lake.ids(1, SECOND), SECOND, stamp(unit("mine", SECOND), attempt));
    }
    forgetUpTo(3);

    assertThat(standing(STAMP))
        .as("whether others have changed it since is gone, too")
        .isEqualTo(CommitStanding.of(Standing.TAKEN_BACK));
    assertThat(lake.commit(staged, STAMP).version()).isEmpty();
    assertThat(lake.tables().open(lake.path("t")).version()).isEqualTo(5);
    assertThat(standing(stamp(UNIT, 4)).standing()).isEqualTo(Standing.OVERTAKEN);
  }

  /**
   * An attempt stands still right before its commit, for so long that the history is cleaned up:
   * its version is free again, and whoever reads goes by the checkpoint behind it.
   */
  @Test
  void aCommitBehindWhatEverybodyReadsIsNone() {
    AtomicBoolean stoodStill = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                lake.commit(
                    staged,
                    STAMP,
                    TableDescription.NONE,
                    () -> {
                      if (!stoodStill.getAndSet(true)) {
                        lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));
                        lake.replace("t", lake.ids(1, SECOND), SECOND, stamp(UNIT_BESIDE, 1));
                        forgetUpTo(2);
                      }
                    }))
        .isInstanceOf(OvertakenException.class);
    assertThat(lake.local("t/_delta_log/00000000000000000002.json"))
        .as("it was written all the same")
        .exists();
    assertSameRows(lake.ids(3, FIRST).union(lake.ids(1, SECOND)), lake.rows("t"));
  }

  /** What Delta does with the entries of a log that are older than the table's retention. */
  private void forgetUpTo(int version) {
    DeltaLog log = DeltaLog.forTable(SparkTestSession.spark(), lake.path("t"));
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
    for (int old = 0; old <= version; old++) {
      try {
        Files.delete(lake.local(String.format(Locale.ROOT, "t/_delta_log/%020d.json", old)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    DeltaLog.clearCache();
  }

  private CommitStanding standing(CommitStamp stamp) {
    TablePublication publication =
        lake.publication(staged.path(), staged.prepared(stamp, TableDescription.NONE));
    return new CommitStanding(publication.standing(), publication.output().version());
  }

  /** Where a commit stands, and the version that it is known to have made. */
  private record CommitStanding(Standing standing, OptionalLong version) {
    static CommitStanding of(Standing standing) {
      return new CommitStanding(standing, OptionalLong.empty());
    }
  }
}
