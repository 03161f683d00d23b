package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunRequest;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.plan.Write;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process makes of a run that died over its publication. */
@Tag("spark")
final class RecoveryTest {
  private static final Rows ROWS = read(delta("raw/orders").partition(DAY)).select("id", "day");
  private static final Write[] WRITES = {
    ROWS.to(delta("mart/first").overwrite(DAY)),
    ROWS.to(delta("mart/second").overwrite(DAY)),
    ROWS.to(csv("export/third").overwrite(DAY))
  };

  /** Tables that aren't there yet. */
  private static final Write[] NEW = {
    ROWS.to(delta("mart/new").overwrite(DAY)), ROWS.to(delta("mart/newer").overwrite(DAY))
  };

  private static Path template;

  @TempDir private Path directory;
  private final Dying dying = new Dying();
  private EngineLake lake;

  /** A day was published, and its input has changed since. */
  @BeforeAll
  static void makeALake(@TempDir Path made) {
    template = made;
    EngineLake lake = new EngineLake(made);
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
    finish(lake);
    lake.table("raw/orders", "SELECT 2 AS id, DATE'2026-03-01' AS day", "day");
  }

  @BeforeEach
  void copyTheLake() throws IOException {
    FileUtils.copyDirectory(template.toFile(), directory.toFile());
    lake = new EngineLake(directory, ListeningEngines.tell(dying));
  }

  @AfterEach
  void buryTheDead() {
    dying.bury();
  }

  @Test
  void aRunThatDiedBetweenTwoCommitsIsCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    assertHolds("mart/first", 2);
    assertHolds("mart/second", 1);

    Completion completion = recover();

    assertThat(completion.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(completion.report().published()).isEqualTo(Published.ALL);
    assertThat(completion.report().outputs())
        .extracting(output -> output.version().isPresent())
        .containsExactly(true, true, false);
    assertEverythingHolds(2);
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  /** The second table isn't there yet: whoever completes the run makes it. */
  @Test
  void aFirstRunThatDiedBetweenTwoCommitsIsCompleted() {
    dieOverNewTables();

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertHolds("mart/new", 2);
    assertHolds("mart/newer", 2);
    assertThat(lake.version("mart/newer")).isZero();
    assertThat(lake.path("mart/newer/_penstock.unborn")).doesNotExist();
  }

  @Test
  void aRunThatDiedBeforeItSaidThatItHadEndedIsFoundComplete() {
    dieAt(Step.PUBLISHED, "export/third");

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertEverythingHolds(2);
    assertThat(lake.version("mart/first")).isEqualTo(1);
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  @Test
  void aTableThatWasAlteredBehindItsCommitIsNoObstacle() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql("ALTER TABLE delta.`{lake}/mart/first` ADD COLUMN note STRING");

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertHolds("mart/second", 2);
  }

  @Test
  void aRunWhoseFirstTableWasRestoredIsGivenUp() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql("RESTORE TABLE delta.`{lake}/mart/first` TO VERSION AS OF 0").collect();

    Completion completion = recover();

    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().failure().orElseThrow().code()).isEqualTo("OUTPUT_TAKEN_BACK");
    assertHolds("mart/first", 1);
    assertHolds("mart/second", 1);
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  @Test
  void aRunWhoseAccountIsDamagedDoesNotHideTheOthers() throws IOException {
    dieAt(Step.PUBLISHED, "mart/first");
    Path journal = directory.resolve("_penstock/journal/tested");
    Files.writeString(journal.resolve("day=2026-03-02.0000000000000000001.json"), "{garbage");

    List<UnfinishedRun> runs = lake.engine().lake().unfinished();

    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);
    RunFailedException damaged =
        catchThrowableOfType(
            RunFailedException.class, () -> runs.get(1).complete(new PublishGate()));
    assertThat(damaged.failure().code()).isEqualTo("JOURNAL_UNREADABLE");
    assertThat(damaged.failure().message()).contains("day=2026-03-02", "'tested'");
    assertEverythingHolds(2);
  }

  @Test
  void anExportWhoseBytesWereChangedIsNotPublished() throws IOException {
    dieAt(Step.PUBLISHED, "mart/first");
    try (Stream<Path> files = Files.walk(directory.resolve("export/third/_versions"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        String written = Files.readString(file);
        Files.writeString(file, written.replace("2,", "7,"));
      }
    }

    Completion completion = recover();

    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().failure().orElseThrow().message())
        .contains("its content differs from what was written");
    // Looked at before anything else was published.
    assertHolds("mart/second", 1);
  }

  @Test
  void anExportThatDiedBehindItsEntryGetsItsStablePath() {
    dieAt(Step.VISIBLE, "export/third");
    assertThat(lake.content("export/third/day=2026-03-01/third.csv")).contains("\n1,");

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertEverythingHolds(2);
  }

  @Test
  void aRunThatDiedBeforeItsFirstCommitIsLeftAlone() {
    dieAt(Step.READY, "mart/first");

    assertThat(recover().ending()).isEqualTo(Ending.NOT_BEGUN);

    assertEverythingHolds(1);
    assertThat(lake.engine().lake().unfinished()).hasSize(1);
  }

  @Test
  void whatALaterRunPublishedStands() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.table("raw/orders", "SELECT 3 AS id, DATE'2026-03-01' AS day", "day");
    UnfinishedRun left = lake.engine().lake().unfinished().get(0);
    execute();

    assertThat(left.complete(new PublishGate()).ending()).isEqualTo(Ending.OVERTAKEN);

    assertEverythingHolds(3);
  }

  @Test
  void aLaterRunForgetsThoseThatItOvertook() {
    dieAt(Step.READY, "mart/first");

    finish(lake);

    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  @Test
  void aTableThatWasAlteredIsNotCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql("ALTER TABLE delta.`{lake}/mart/second` ADD COLUMNS (extra INT)");

    Completion completion = recover();

    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().published()).isEqualTo(Published.PARTIAL);
    assertThat(completion.report().failure().map(Failure::message).orElseThrow())
        .contains("mart/second", "were altered");
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  @Test
  void aUnitThatSomebodyChangedSinceIsNotReplaced() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql("INSERT INTO delta.`{lake}/mart/second` SELECT 7, DATE'2026-03-01'").collect();

    assertGivenUp("UNIT_CHANGED");

    assertThat(lake.rows("mart/second").count()).isEqualTo(2);
  }

  @Test
  void aUnitWithoutAFileIsCompletedWhileItHasNone() {
    lake.sql("DELETE FROM delta.`{lake}/mart/second`").collect();
    dieAt(Step.PUBLISHED, "mart/first");

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertEverythingHolds(2);
  }

  @Test
  void aUnitWithoutAFileThatSomebodyFilledSinceIsNotReplaced() {
    lake.sql("DELETE FROM delta.`{lake}/mart/second`").collect();
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql("INSERT INTO delta.`{lake}/mart/second` SELECT 7, DATE'2026-03-01'").collect();

    assertGivenUp("UNIT_CHANGED");

    assertHolds("mart/second", 7);
  }

  /** It says nothing of who writes it, and the run had found no table. */
  @Test
  void aTableThatSomebodyMadeInThePlaceOfAFirstOutputIsLeftAlone() {
    dieOverNewTables();
    lake.table("mart/newer", "SELECT 7 AS id, DATE'2026-03-01' AS day", "day");

    assertGivenUp("CONCURRENT_WRITER");

    assertHolds("mart/newer", 7);
  }

  @Test
  void aFirstOutputThatAnotherUnitMadeMeanwhileIsCompleted() {
    dieOverNewTables();
    makeNewTablesByAnotherUnit();

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (2, DATE'2026-03-01'), (9, DATE'2026-03-02') AS t(id, day)"),
        lake.rows("mart/newer"));
  }

  @Test
  void aUnitOfAFirstOutputThatSomebodyFilledSinceIsNotReplaced() {
    dieOverNewTables();
    makeNewTablesByAnotherUnit();
    lake.sql("INSERT INTO delta.`{lake}/mart/newer` SELECT 7, DATE'2026-03-01'").collect();

    assertGivenUp("UNIT_CHANGED");

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (7, DATE'2026-03-01'), (9, DATE'2026-03-02') AS t(id, day)"),
        lake.rows("mart/newer"));
  }

  private void dieOverNewTables() {
    dying.dieAt(Step.PUBLISHED, "mart/new");
    dying.runUntilDeath(() -> execute(NEW));
    assertThat(lake.path("mart/newer/_delta_log")).doesNotExist();
  }

  private void makeNewTablesByAnotherUnit() {
    lake.sql("INSERT INTO delta.`{lake}/raw/orders` SELECT 9, DATE'2026-03-02'").collect();
    finish(lake, request(pipeline(NEW), Optional.of(march(2)), Map.of()));
  }

  /** A run that lives commits over it: it knows that its rows are the latest. */
  @Test
  void aUnitThatSomebodyChangedBeforeTheFirstCommitIsNotReplacedByOthersEither() {
    dying.dieWhen(
        (step, subject) -> {
          if (step == Step.READY && subject.equals("mart/first")) {
            for (String table : List.of("mart/first", "mart/second")) {
              lake.sql("DELETE FROM delta.`{lake}/" + table + "` WHERE id = 1").collect();
            }
          }
          return step == Step.PUBLISHED && subject.equals("mart/first");
        });
    dying.runUntilDeath(this::execute);
    assertHolds("mart/first", 2);

    assertGivenUp("UNIT_CHANGED");

    assertThat(lake.rows("mart/second").count()).isZero();
  }

  @Test
  void whatOthersDidToOtherUnitsOrWithoutChangingRowsIsNoObstacle() {
    dieAt(Step.PUBLISHED, "mart/first");
    for (String table : List.of("mart/first", "mart/second")) {
      lake.sql("INSERT INTO delta.`{lake}/" + table + "` SELECT 7, DATE'2026-03-02'").collect();
      lake.sql("OPTIMIZE delta.`{lake}/" + table + "`").collect();
    }

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertSameRows(
        lake.sql("SELECT * FROM VALUES (2, DATE'2026-03-01'), (7, DATE'2026-03-02') AS t(id, day)"),
        lake.rows("mart/second"));
  }

  @Test
  void aFirstOutputWithoutRowsThatHasSomeNowIsNotCompleted() {
    Rows none = ROWS.where("id > 100");
    dying.dieAt(Step.PUBLISHED, "mart/first");
    dying.runUntilDeath(
        () ->
            execute(
                none.to(delta("mart/first").overwrite(DAY)),
                none.to(delta("mart/second").overwrite(DAY))));
    lake.sql("INSERT INTO delta.`{lake}/mart/first` SELECT 7, DATE'2026-03-01'").collect();

    assertGivenUp("OUTPUT_TAKEN_BACK");

    assertHolds("mart/second", 1);
  }

  @Test
  void aTableThatAnotherPipelineTookOverIsNotCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/second` UNSET TBLPROPERTIES"
            + " ('penstock.contract.writer.tested')");
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/second` SET TBLPROPERTIES"
            + " ('penstock.contract.writer.other' = 'everything')");

    assertGivenUp("OTHER_WRITER");

    assertHolds("mart/second", 1);
  }

  @Test
  void aTableThatWasVacuumedIsNotCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    lake.spark().conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    try {
      lake.sql("VACUUM delta.`{lake}/mart/second` RETAIN 0 HOURS").collect();
    } finally {
      lake.spark().conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
    }

    Completion completion = recover();

    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().failure().map(Failure::code)).contains("FILE_GONE");
    assertHolds("mart/second", 1);
  }

  @Test
  void anExportWhoseFilesAreGoneIsNotCompleted() {
    dieAt(Step.PUBLISHED, "mart/second");
    removeVersionsOfTheExport();

    assertThat(recover().ending()).isEqualTo(Ending.GIVEN_UP);
  }

  @Test
  void afterAStopNoRunIsCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    UnfinishedRun left = lake.engine().lake().unfinished().get(0);
    PublishGate gate = new PublishGate();
    gate.stop();

    assertThatThrownBy(() -> left.complete(gate))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.STOPPED));

    assertHolds("mart/second", 1);
    assertThat(left.complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);
    assertEverythingHolds(2);
  }

  @Test
  void aStopWaitsForTheCommitsOfARecoveryThatHasBegun() {
    dieAt(Step.PUBLISHED, "mart/first");
    PublishGate gate = new PublishGate();
    List<Boolean> idle = new ArrayList<>();
    EngineLake stopping =
        new EngineLake(
            directory,
            ListeningEngines.tell(
                (step, subject) -> {
                  if (step == Step.READY) {
                    gate.stop();
                    idle.add(isIdle(gate));
                  }
                }));

    Completion completion = stopping.engine().lake().unfinished().get(0).complete(gate);

    assertThat(completion.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(idle).isNotEmpty().containsOnly(false);
    assertThat(isIdle(gate)).isTrue();
    assertEverythingHolds(2);
  }

  private static boolean isIdle(PublishGate gate) {
    try {
      return gate.awaitIdle(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRunThatIsTooOldIsNotCompleted() {
    dieAt(Step.PUBLISHED, "mart/first");
    EngineLake later =
        new EngineLake(
            directory, ListeningEngines.goBy(Clock.offset(Clock.systemUTC(), Duration.ofDays(7))));

    Completion completion = later.engine().lake().unfinished().get(0).complete(new PublishGate());

    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().failure().map(Failure::code)).contains("ATTEMPT_TOO_OLD");
    assertHolds("mart/second", 1);
  }

  @Test
  void newColumnsAreAddedByWhoeverCompletesTheRun() {
    Rows widened = ROWS.with("twice", "id * 2");
    Write[] widening = {
      ROWS.to(delta("mart/first").overwrite(DAY)),
      widened.to(delta("mart/second").overwrite(DAY).allowNewColumns())
    };
    dying.dieAt(Step.PUBLISHED, "mart/first");
    dying.runUntilDeath(() -> execute(widening));

    assertThat(recover().ending()).isEqualTo(Ending.COMPLETED);

    assertSameRows(
        lake.sql("SELECT 2 AS id, DATE'2026-03-01' AS day, 4 AS twice"), lake.rows("mart/second"));
  }

  @Test
  void completingTwiceIsCompletingOnce() {
    dieAt(Step.PUBLISHED, "mart/first");
    UnfinishedRun one = lake.engine().lake().unfinished().get(0);
    UnfinishedRun other = lake.engine().lake().unfinished().get(0);

    assertThat(one.complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);
    one.settle();
    assertThat(other.complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);
    other.settle();

    assertEverythingHolds(2);
    assertThat(lake.version("mart/second")).isEqualTo(1);
  }

  private void dieAt(Step step, String output) {
    dying.dieAt(step, output);
    dying.runUntilDeath(this::execute);
  }

  private void assertGivenUp(String code) {
    Completion completion = recover();
    assertThat(completion.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(completion.report().failure().map(Failure::code)).contains(code);
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  private Completion recover() {
    UnfinishedRun left = lake.engine().lake().unfinished().get(0);
    Completion completion = left.complete(new PublishGate());
    left.settle();
    return completion;
  }

  private RunReport execute() {
    return execute(WRITES);
  }

  private RunReport execute(Write... sinks) {
    return lake.engine()
        .compile(request(pipeline(sinks)))
        .execute(new PublishGate(), ProgressListener.SILENT);
  }

  private static void finish(EngineLake lake) {
    finish(lake, request(pipeline(WRITES)));
  }

  private static void finish(EngineLake lake, RunRequest request) {
    CompiledRun run = lake.engine().compile(request);
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    assertThat(report.failure()).isEmpty();
    run.settle();
  }

  private void assertEverythingHolds(int id) {
    assertHolds("mart/first", id);
    assertHolds("mart/second", id);
    assertThat(lake.content("export/third/day=2026-03-01/third.csv"))
        .isEqualTo("id,day\n" + id + ",2026-03-01\n");
  }

  private void assertHolds(String table, int id) {
    assertSameRows(lake.sql("SELECT " + id + " AS id, DATE'2026-03-01' AS day"), lake.rows(table));
  }

  private void removeVersionsOfTheExport() {
    try (Stream<Path> files = Files.walk(lake.path("export/third/_versions"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
