package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.publication.SinkPublication.Standing;
import io.penstock.spark.publication.Steps;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who commits for somebody else finds out whether the units are as they were. */
@Tag("spark")
final class UntouchedUnitsTest {
  private static final CommitStamp STAMP = stamp(unit("mine", FIRST), 5);

  @TempDir private static Path made;
  private static Lake published;

  @TempDir private Path directory;

  @BeforeAll
  static void publishADay() {
    published = Lake.withPublishedDay(made);
  }

  /**
   * What somebody else does in the meantime.
   *
   * @param untouched whether the unit stays as it was
   * @param made where a commit stands that was made before
   */
  record Deed(String name, boolean untouched, Standing made, BiConsumer<Lake, Path> deed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Deed> deeds() {
    return Stream.of(
        new Deed("nothing", true, Standing.PUBLISHED, (lake, path) -> {}),
        new Deed(
            "delete",
            false,
            Standing.TAKEN_BACK,
            sql("DELETE FROM {table} WHERE day = DATE'" + FIRST + "'")),
        new Deed(
            "insert",
            false,
            Standing.TAKEN_BACK,
            sql("INSERT INTO {table} SELECT 99L, DATE'" + FIRST + "'")),
        new Deed(
            "replace",
            false,
            Standing.TAKEN_BACK,
            (lake, path) ->
                lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(unit("other", FIRST), 1))),
        new Deed(
            "replace another unit",
            true,
            Standing.PUBLISHED,
            (lake, path) ->
                lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("mine", SECOND), 1))),
        new Deed("optimize", true, Standing.PUBLISHED, sql("OPTIMIZE {table}")),
        new Deed(
            "alter",
            false,
            Standing.PUBLISHED,
            sql("ALTER TABLE {table} ADD COLUMNS (note STRING)")),
        new Deed(
            "restore",
            false,
            Standing.TAKEN_BACK,
            sql("DELETE FROM {table} WHERE id > 0")
                .andThen(sql("RESTORE TABLE {table} TO VERSION AS OF 1"))),
        new Deed("clean up the log", false, Standing.TAKEN_BACK, UntouchedUnitsTest::forgetTheLog),
        new Deed(
            "make anew",
            false,
            Standing.WAITING,
            (lake, path) -> {
              DeltaLog.clearCache();
              FileUtils.deleteQuietly(path.resolve("t").toFile());
              lake.sql(
                      "t",
                      "CREATE TABLE {table} (id BIGINT, day DATE) USING delta PARTITIONED BY (day)")
                  .collect();
              for (int i = 0; i < 4; i++) {
                lake.sql("t", "INSERT INTO {table} SELECT 98L, DATE'" + SECOND + "'").collect();
              }
            }));
  }

  private static BiConsumer<Lake, Path> sql(String statement) {
    return (lake, path) -> lake.sql("t", statement).collect();
  }

  private static void forgetTheLog(Lake lake, Path path) {
    for (int attempt = 1; attempt <= 3; attempt++) {
      lake.replace("t", lake.ids(1, SECOND), SECOND, stamp(unit("mine", SECOND), attempt));
    }
    DeltaLog log = DeltaLog.forTable(SparkTestSession.spark(), lake.path("t"));
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
    try {
      for (int old = 0; old <= 3; old++) {
        String entry = String.format(Locale.ROOT, "%020d.json", old);
        Files.deleteIfExists(path.resolve("t/_delta_log/" + entry));
        Files.deleteIfExists(path.resolve("t/_delta_log/." + entry + ".crc"));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    DeltaLog.clearCache();
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void aCommitThatWaitsIsMadeByOthersOnlyWhenItsUnitIsAsItWas(Deed deed) {
    Lake lake = published.copyTo(directory);
    StagedWrite staged = lake.stage("t", lake.ids(7, FIRST), FIRST);
    deed.deed().accept(lake, directory);

    Throwable refused = catchThrowable(() -> require(lake, staged));

    assertThat(refused == null).as("%s", refused).isEqualTo(deed.untouched());
    if (refused != null) {
      assertThat(refused).isInstanceOf(UnpublishableException.class);
    }
  }

  /** Rows that rest on what their unit held, such as a merge's, can't replace anything else. */
  @ParameterizedTest
  @MethodSource("deeds")
  void rowsThatAConflictMakesWorthlessArePublishedOnlyOverTheUnitThatTheyWereComputedFrom(
      Deed deed) {
    Lake lake = published.copyTo(directory);
    StagedWrite staged = lake.stage("t", lake.ids(7, FIRST), FIRST);
    TablePublication publication =
        lake.publication(
            staged.path(),
            staged.prepared(STAMP, TableDescription.NONE),
            Replacement.Conflict.RECOMPUTE);
    AtomicBoolean done = new AtomicBoolean();

    // The last moment before the commit's first try.
    Throwable refused =
        catchThrowable(
            () ->
                publication.publish(
                    () -> {
                      if (!done.getAndSet(true)) {
                        deed.deed().accept(lake, directory);
                      }
                    },
                    Steps.IGNORED));

    assertThat(refused == null).as("%s", refused).isEqualTo(deed.untouched());
    assertThat(standing(lake, staged))
        .isEqualTo(deed.untouched() ? Standing.PUBLISHED : Standing.WAITING);
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void aCommitThatWasMadeStandsOnlyWhileItsUnitIsAsItMadeIt(Deed deed) {
    Lake lake = published.copyTo(directory);
    StagedWrite staged = lake.stage("t", lake.ids(7, FIRST), FIRST);
    lake.commit(staged, STAMP);
    deed.deed().accept(lake, directory);

    assertThat(standing(lake, staged)).isEqualTo(deed.made());
  }

  /** What somebody else does to a table whose second day has no file. */
  static Stream<Deed> deedsToADayWithoutAFile() {
    BiConsumer<Lake, Path> insert = sql("INSERT INTO {table} SELECT 99L, DATE'" + SECOND + "'");
    return Stream.of(
        new Deed("nothing", true, Standing.PUBLISHED, (lake, path) -> {}),
        new Deed("insert", false, Standing.TAKEN_BACK, insert),
        new Deed(
            "insert and delete again",
            false,
            Standing.TAKEN_BACK,
            insert.andThen(sql("DELETE FROM {table} WHERE id = 99"))),
        new Deed(
            "replace by nothing",
            false,
            Standing.TAKEN_BACK,
            (lake, path) ->
                lake.replace("t", lake.ids(0, SECOND), SECOND, stamp(unit("other", SECOND), 1))),
        new Deed(
            "insert into another day",
            true,
            Standing.PUBLISHED,
            sql("INSERT INTO {table} SELECT 99L, DATE'" + FIRST + "'")),
        new Deed(
            "delete another day",
            true,
            Standing.PUBLISHED,
            sql("DELETE FROM {table} WHERE day = DATE'" + FIRST + "'")),
        new Deed("optimize", true, Standing.PUBLISHED, sql("OPTIMIZE {table}")));
  }

  @ParameterizedTest
  @MethodSource("deedsToADayWithoutAFile")
  void aCommitThatWaitsForADayWithoutAFileIsMadeByOthersOnlyWhileItHasNone(Deed deed) {
    for (int rows : new int[] {7, 0}) {
      Path place = directory.resolve("of-" + rows);
      Lake lake = published.copyTo(place);
      StagedWrite staged = lake.stage("t", lake.ids(rows, SECOND), SECOND);
      deed.deed().accept(lake, place);

      Throwable refused = catchThrowable(() -> require(lake, staged));

      assertThat(refused == null).as("%s rows: %s", rows, refused).isEqualTo(deed.untouched());
      if (refused != null) {
        assertThat(refused)
            .isInstanceOf(UnpublishableException.class)
            .satisfies(isFailure("UNIT_CHANGED"));
      }
    }
  }

  /** A day that had no file when it was written, and gets one without rows by the commit. */
  @ParameterizedTest
  @MethodSource("deedsToADayWithoutAFile")
  void aCommitOfADayWithoutRowsStandsOnlyWhileTheDayIsAsItMadeIt(Deed deed) {
    Lake lake = published.copyTo(directory);
    StagedWrite staged = lake.stage("t", lake.ids(0, SECOND), SECOND);
    lake.commit(staged, stamp(unit("mine", SECOND), 5));
    deed.deed().accept(lake, directory);

    assertThat(
            lake.publication(
                    staged.path(),
                    staged.prepared(stamp(unit("mine", SECOND), 5), TableDescription.NONE))
                .standing())
        .isEqualTo(deed.made());
  }

  /** What somebody else makes at the place of a table that isn't there yet. */
  static Stream<Deed> tablesOfOthers() {
    return Stream.of(
        new Deed("no table", true, Standing.PUBLISHED, (lake, path) -> {}),
        new Deed("the day", false, Standing.TAKEN_BACK, (lake, path) -> save(lake, FIRST)),
        new Deed("another day", true, Standing.PUBLISHED, (lake, path) -> save(lake, SECOND)),
        new Deed(
            "the day, deleted again",
            false,
            Standing.TAKEN_BACK,
            (lake, path) -> {
              save(lake, FIRST);
              lake.sql("new", "DELETE FROM {table}").collect();
            }));
  }

  private static void save(Lake lake, LocalDate day) {
    lake.ids(1, day).write().format("delta").partitionBy("day").save(lake.path("new").toString());
  }

  @ParameterizedTest
  @MethodSource("tablesOfOthers")
  void aFirstCommitIsMadeByOthersOnlyWhileNobodyElseHasMadeItsDay(Deed deed) {
    Lake lake = new Lake(directory);
    TableDefinition definition =
        new TableDefinition(
            lake.path("new"),
            StructType.fromDDL("id BIGINT, day DATE"),
            List.of("day"),
            TableDescription.NONE);
    StagedWrite staged =
        lake.tables()
            .stageFirst(definition, lake.ids(7, FIRST), Replacement.of(Lake.partition(FIRST)));
    deed.deed().accept(lake, directory);

    Throwable refused = catchThrowable(() -> require(lake, staged));

    assertThat(refused == null).as("%s", refused).isEqualTo(deed.untouched());
    if (refused != null) {
      assertThat(refused)
          .isInstanceOf(UnpublishableException.class)
          .satisfies(isFailure("UNIT_CHANGED"));
    }
  }

  /** Delta says so of each file that it takes back, also of one that changed nothing when made. */
  @Test
  void whatIsRestoredIsAChangeAlsoOfAFileThatWasOnlyRewritten() throws IOException {
    Lake lake = new Lake(directory);
    lake.sql("t", "CREATE TABLE {table} (id BIGINT) USING delta").collect();
    lake.sql("t", "INSERT INTO {table} VALUES (1)").collect();
    lake.sql("t", "INSERT INTO {table} VALUES (2)").collect();
    lake.sql("t", "OPTIMIZE {table}").collect();
    lake.sql("t", "DELETE FROM {table} WHERE id > 0").collect();
    lake.sql("t", "RESTORE TABLE {table} TO VERSION AS OF 3").collect();

    assertThat(Files.readString(directory.resolve("t/_delta_log/00000000000000000003.json")))
        .contains("\"add\"", "\"dataChange\":false");
    assertThat(Files.readString(directory.resolve("t/_delta_log/00000000000000000005.json")))
        .contains("\"add\"", "\"dataChange\":true")
        .doesNotContain("\"dataChange\":false");
  }

  private static void require(Lake lake, StagedWrite staged) {
    PreparedCommit commit = staged.prepared(STAMP, TableDescription.NONE);
    lake.publication(staged.path(), commit).requirePublishable();
    lake.publication(staged.path(), commit).requireUntouched();
  }

  private static Standing standing(Lake lake, StagedWrite staged) {
    return lake.publication(staged.path(), staged.prepared(STAMP, TableDescription.NONE))
        .standing();
  }
}
