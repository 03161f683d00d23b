package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.delta.CommitStanding.Place;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitStandingTest {
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
  void aCommitWaitsUntilItIsMade() {
    assertThat(standing(STAMP)).isEqualTo(CommitStanding.of(Place.WAITING));

    lake.commit(staged, STAMP);

    assertThat(standing(STAMP)).isEqualTo(new CommitStanding(Place.MADE, OptionalLong.of(2)));
  }

  @Test
  void aLaterAttemptOvertakesIt() {
    lake.commit(staged, STAMP);
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(UNIT, 6));

    assertThat(standing(STAMP).place()).isEqualTo(Place.OVERTAKEN);
  }

  @Test
  void anotherAttemptWithItsNumberOvertakesIt() {
    CommitStamp other =
        new CommitStamp("other", "mine", "", "", Collections.emptySortedMap(), STAMP.units());
    lake.replace("t", lake.ids(3, FIRST), FIRST, other);

    assertThat(standing(STAMP).place()).isEqualTo(Place.OVERTAKEN);
  }

  @Test
  void whatOthersDoElsewhereChangesNothing() {
    lake.commit(staged, STAMP);
    lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("mine", SECOND), 9));
    lake.sql("t", "DELETE FROM {table} WHERE day = DATE'" + SECOND + "'").collect();

    assertThat(standing(STAMP).place()).isEqualTo(Place.MADE);
  }

  @Test
  void filesThatAreMergedHoldTheSameRows() {
    lake.commit(staged, STAMP);
    lake.sql("t", "OPTIMIZE {table}").collect();

    assertThat(standing(STAMP).place()).isEqualTo(Place.MADE);

    lake.sql("t", "DELETE FROM {table} WHERE id = 3").collect();

    assertThat(standing(STAMP).place()).isEqualTo(Place.TAKEN_BACK);
  }

  @Test
  void rowsThatSomebodyDeletedWereTakenBack() {
    lake.commit(staged, STAMP);
    lake.sql("t", "DELETE FROM {table} WHERE id = 3").collect();

    assertThat(standing(STAMP)).isEqualTo(new CommitStanding(Place.TAKEN_BACK, OptionalLong.of(2)));
  }

  @Test
  void aRestoredTableHasTakenItBack() {
    lake.commit(staged, STAMP);
    lake.sql("t", "RESTORE TABLE {table} TO VERSION AS OF 1").collect();

    assertThat(standing(STAMP).place()).isEqualTo(Place.TAKEN_BACK);
  }

  @Test
  void aHistoryThatIsGoneLeavesTheNumberThatIsGivenOnce() throws IOException {
    lake.commit(staged, STAMP);
    for (int attempt = 1; attempt <= 3; attempt++) {
      lake.replace("t", lake.ids(1, SECOND), SECOND, stamp(unit("mine", SECOND), attempt));
    }
    forgetUpTo(3);

    assertThat(standing(STAMP))
        .as("whether others have changed it since is gone, too")
        .isEqualTo(CommitStanding.of(Place.TAKEN_BACK));
    assertThat(lake.commit(staged, STAMP).version()).isEmpty();
    assertThat(lake.tables().open(lake.path("t")).version()).isEqualTo(5);
    assertThat(standing(stamp(UNIT, 4)).place()).isEqualTo(Place.OVERTAKEN);
  }

  /** What Delta does with the entries of a log that are older than the table's retention. */
  private void forgetUpTo(int version) throws IOException {
    DeltaLog log = DeltaLog.forTable(SparkTestSession.spark(), lake.path("t"));
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
    for (int old = 0; old <= version; old++) {
      Files.delete(lake.local(String.format(Locale.ROOT, "t/_delta_log/%020d.json", old)));
    }
    DeltaLog.clearCache();
  }

  private CommitStanding standing(CommitStamp stamp) {
    return lake.tables()
        .commits()
        .standing(staged.path(), staged.prepared(stamp, TableDescription.NONE));
  }
}
