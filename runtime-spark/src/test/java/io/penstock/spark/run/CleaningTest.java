package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Rows;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.UnfinishedRun;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What aborted runs leave behind is found and removed, once nobody can own it any more. */
@Tag("spark")
final class CleaningTest {
  @TempDir private Path directory;
  private final Dying dying = new Dying();
  private EngineLake lake;

  private final Rows rows = read(delta("raw/orders").partition(DAY)).select("id", "day");
  private final Write table = rows.to(delta("mart/report").overwrite(DAY));
  private final Write export = rows.to(csv("export/report").overwrite(DAY));

  @BeforeEach
  void publishADay() {
    lake = new EngineLake(directory, ListeningEngines.tell(dying));
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
    finish();
  }

  @AfterEach
  void buryTheDead() {
    dying.bury();
  }

  @Test
  void inALakeWithoutAccidentsThereIsNothingToRemove() {
    aWeekPasses();

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void filesOfARunThatDiedAreRemovedAndWhatIsPublishedStays() {
    die(Step.WRITTEN);
    aWeekPasses();

    assertThat(leftovers())
        .extracting(Leftover::kind)
        .contains(Kind.TABLE_FILE, Kind.UNPUBLISHED_VERSION)
        .doesNotContain(Kind.REPLACED_VERSION);
    clean();

    assertThat(leftovers()).isEmpty();
    assertPublished(1);
  }

  @Test
  void checksumsGoWithTheFilesThatTheyAreOf() {
    die(Step.WRITTEN);
    List<Path> ofBoth = checksums();
    aWeekPasses();
    clean();

    assertThat(checksums()).isNotEmpty().hasSizeLessThan(ofBoth.size());
    assertPublished(1);
  }

  @Test
  void versionsOfAnExportThatWasNeverPublishedAreRemoved() {
    die(Step.WRITTEN, rows.to(csv("export/never").overwrite(DAY)));
    aWeekPasses();

    assertThat(cleaning(new LakePath("export/never")).leftovers())
        .extracting(Leftover::kind)
        .containsExactly(Kind.UNPUBLISHED_VERSION);
    assertThat(leftovers()).extracting(Leftover::kind).contains(Kind.UNPUBLISHED_VERSION);
    clean();

    assertThat(leftovers()).isEmpty();
    assertThatThrownBy(
            () ->
                lake.engine()
                    .lake()
                    .show(new LakePath("export/nevr"), Optional.empty(), 1, Optional.empty()))
        .as("nobody can look at it")
        .hasMessageNotContaining("export/never");
  }

  @Test
  void outputsAreFoundHoweverDeepTheyLie() {
    die(
        Step.WRITTEN,
        rows.to(delta("mart/of/all/the/deep/tables").overwrite(DAY)),
        rows.to(csv("export/of/all/the/deep/exports").overwrite(DAY)));
    aWeekPasses();

    assertThat(leftovers())
        .extracting(Leftover::kind)
        .contains(Kind.TABLE_FILE, Kind.UNPUBLISHED_VERSION);
    clean();
    // What tells that a first run wrote there goes when nothing else is left of it.
    clean();

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void filesOfARunThatMayBeAliveStay() {
    die(Step.WRITTEN);

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whoeverAsksNothingIsFoundThatALivingRunMayOwn() {
    die(Step.WRITTEN);

    assertThatThrownBy(
            () -> lake.engine().lake().cleaning(List.of(), Cleaning.LEAST_AGE.minusMillis(1)))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.USAGE))
        .hasMessageContaining("may still be about to publish it");
    assertThat(Cleaning.LEAST_AGE).isGreaterThan(Publications.LONGEST_ATTEMPT);
  }

  @Test
  void whatIsNotedOfARunThatPublishedNothingIsRemoved() {
    die(Step.JOURNALLED);
    aWeekPasses();

    Cleaning found = cleaningNextWeek();

    assertThat(found.leftovers()).extracting(Leftover::kind).contains(Kind.JOURNAL_ENTRY);
    assertThat(found.unfinished()).isEmpty();
    found.remove();
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  @Test
  void whatIsNotedOfARunThatPublishedInPartIsToldAndStays() {
    die(Step.PUBLISHED);
    aWeekPasses();

    Cleaning found = cleaningNextWeek();

    assertThat(found.leftovers()).extracting(Leftover::kind).doesNotContain(Kind.JOURNAL_ENTRY);
    found.remove();
    List<UnfinishedRun> left = lake.engine().lake().unfinished();
    assertThat(found.unfinished())
        .extracting(UnfinishedRun::runId)
        .containsExactly(left.get(0).runId());
    assertThat(left).hasSize(1);
  }

  @Test
  void filesThatACheckRefusedAreRemovedWithTheirList() {
    lake.run(
        request(
            pipeline(rows.expect(satisfies("id > 1")).to(delta("mart/report").overwrite(DAY)))));
    aWeekPasses();

    assertThat(leftovers())
        .extracting(Leftover::kind)
        .contains(Kind.TABLE_FILE, Kind.REJECTED_OUTPUT);
    clean();

    assertThat(leftovers()).isEmpty();
    assertPublished(1);
  }

  @Test
  void whatFirstRunsLeftIsRemovedAndThenTheNoteThatTellsIt() throws IOException {
    Write first = rows.to(delta("mart/deep/first").overwrite(DAY));
    die(Step.READY, first);
    lake.run(
        request(
            pipeline(
                rows.expect(satisfies("id > 5")).to(delta("mart/deep/first").overwrite(DAY)))));
    assertThat(cleaning(new LakePath("mart/deep/first")).leftovers()).as("too young").isEmpty();
    aWeekPasses();

    assertThat(cleaning(new LakePath("mart/deep/first")).leftovers())
        .extracting(Leftover::kind)
        .containsOnly(Kind.TABLE_FILE);
    cleaningNextWeek().remove();
    assertThat(leftovers())
        .extracting(Leftover::path)
        .singleElement()
        .asString()
        .endsWith("mart/deep/first/_penstock.unborn");
    clean();

    assertThat(leftovers()).isEmpty();
    finish(first);
    assertSameRows(
        lake.sql("SELECT 2 AS id, DATE'2026-03-01' AS day"), lake.rows("mart/deep/first"));
  }

  @Test
  void aNoteThatAFirstRunDidNotTakeAwayIsRemovedFromItsTable() {
    lake.file("mart/report/_penstock.unborn", "left behind");
    aWeekPasses();

    assertThat(leftovers()).extracting(Leftover::kind).containsExactly(Kind.TEMPORARY_FILE);
    clean();

    assertThat(leftovers()).isEmpty();
    assertPublished(1);
  }

  @Test
  void foldersOfDataFilesThatNoRunAnnouncedAreNotTouched() {
    lake.file("raw/theirs/day=2026-03-01/part-00000-theirs.parquet", "x");
    aWeekPasses();

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void replacedVersionsOfAnExportAreRemovedAndTheCurrentOneStays() {
    finish();
    finish();
    assertThat(versions()).hasSize(3);
    aWeekPasses();

    assertThat(leftovers()).extracting(Leftover::kind).contains(Kind.REPLACED_VERSION);
    clean();

    assertThat(versions()).hasSize(1);
    assertPublished(1);
    finish();
    assertPublished(1);
  }

  @Test
  void aVersionThatWasReplacedAMomentAgoStaysForItsReaders() {
    aWeekPasses();
    finish();

    assertThat(leftovers()).extracting(Leftover::kind).doesNotContain(Kind.REPLACED_VERSION);
    assertThat(versions()).hasSize(2);
  }

  @Test
  void temporaryFilesOfWritersThatDiedAreRemoved() throws IOException {
    String temporary = ".x.json.0123abcd-0123-4567-89ab-0123456789ab.tmp";
    Files.writeString(lake.path("mart/report/_delta_log/" + temporary), "{");
    Files.writeString(lake.path("_penstock/" + temporary), "{");
    Files.writeString(lake.path("export/report/" + temporary), "{");
    aWeekPasses();

    assertThat(leftovers()).hasSize(3).extracting(Leftover::kind).containsOnly(Kind.TEMPORARY_FILE);
    clean();

    assertThat(leftovers()).isEmpty();
    finish();
  }

  @Test
  void whatWasOnceInATableIsLeftToVacuum() {
    lake.table("raw/orders", "SELECT 2 AS id, DATE'2026-03-01' AS day", "day");
    finish();
    aWeekPasses();

    assertThat(leftovers()).extracting(Leftover::kind).doesNotContain(Kind.TABLE_FILE);
  }

  /** Another team's jar put a table into the folder of this one, before that was refused. */
  @Test
  void aTableInATableIsNotTouched() {
    lake.table("mart/report/detail", "SELECT 1 AS id");
    lake.table("mart/report/day=2026-03-01/detail", "SELECT 2 AS id");
    lake.table("mart/report/detail", "SELECT 3 AS id");
    aWeekPasses();

    assertThat(leftovers()).isEmpty();

    assertThat(lake.rows("mart/report/detail").head().getInt(0)).isEqualTo(3);
    assertThat(lake.rows("mart/report/day=2026-03-01/detail").head().getInt(0)).isEqualTo(2);
  }

  /** Without its log nobody can tell whose its files are: here they are a clone's. */
  @Test
  void whatACloneNamesOfATableThatIsGoneIsNeitherCleanedNorWrittenTo() throws IOException {
    lake.sql("CREATE TABLE delta.`{lake}/mart/clone` SHALLOW CLONE delta.`{lake}/mart/report`");
    FileUtils.deleteDirectory(lake.path("mart/report/_delta_log").toFile());
    DeltaLog.clearCache();
    aWeekPasses();

    assertThatThrownBy(() -> finish(rows.to(delta("mart/report").overwrite(DAY))))
        .isInstanceOfSatisfying(
            InvalidPipelineException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly("TARGET_IN_USE"));
    assertThat(leftovers()).extracting(Leftover::kind).doesNotContain(Kind.TABLE_FILE);

    assertThat(lake.rows("mart/clone").count()).isEqualTo(1);
  }

  @Test
  void tablesOfOtherPeopleAreNotTouched() throws IOException {
    Files.writeString(lake.path("raw/orders/part-theirs.parquet"), "x");
    aWeekPasses();

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aTableWhoseCreationWasCutOffIsNobodysYet() {
    lake.file("mart/begun/_delta_log/.0.json.0123abcd-0123-4567-89ab-0123456789ab.tmp", "{");
    aWeekPasses();

    assertThat(leftovers()).isEmpty();
    assertThat(cleaning().skipped()).isEmpty();
    assertThat(cleaning(new LakePath("mart/begun")).leftovers()).isEmpty();
  }

  @Test
  void outputsThatCanNotBeLookedThroughAreToldAndDoNotKeepTheOthersFromBeingCleaned() {
    lake.file("raw/damaged/_delta_log/00000000000000000000.json", "no JSON");
    lake.file("export/damaged/_published/all/0000000000000000001.json", "no JSON");
    die(Step.WRITTEN);
    aWeekPasses();

    Cleaning found = cleaning();

    assertThat(found.skipped())
        .extracting(skipped -> Path.of(URI.create(skipped.path())))
        .containsExactly(lake.path("export/damaged"), lake.path("raw/damaged"));
    assertThat(found.leftovers()).extracting(Leftover::kind).contains(Kind.TABLE_FILE);
    found.remove();
    assertThat(leftovers()).isEmpty();
    for (String path : List.of("raw/damaged", "export/damaged")) {
      assertThatThrownBy(() -> cleaning(new LakePath(path)))
          .as("asked for by its path")
          .isInstanceOf(RunFailedException.class);
    }
  }

  /** It may be a clone, for which files lie in other tables' folders. */
  @ParameterizedTest
  @ValueSource(strings = {"raw/newer", "raw/part=1/newer", "mart/report/day=2026-03-01/newer"})
  void filesOfTablesStayAsLongAsATableIsThereThatOnlyALaterReleaseReads(String path) {
    lake.file(
        path + "/_delta_log/00000000000000000000.json",
        "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
            + "\"readerFeatures\":[\"fromTheFuture\"],\"writerFeatures\":[\"fromTheFuture\"]}}\n"
            + "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
            + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\","
            + "\"partitionColumns\":[],\"configuration\":{}}}\n");
    die(Step.WRITTEN);
    aWeekPasses();

    Cleaning found = cleaning();

    assertThat(found.skipped())
        .extracting(skipped -> Path.of(URI.create(skipped.path())))
        .contains(lake.path("mart/report"));
    assertThat(found.leftovers()).extracting(Leftover::kind).doesNotContain(Kind.TABLE_FILE);
  }

  @Test
  void foldersThatNoPathInTheLakeLeadsToAreLeftAlone(@TempDir Path elsewhere) throws IOException {
    Files.createDirectories(elsewhere.resolve("table/_delta_log"));
    Files.createSymbolicLink(lake.path("raw/elsewhere"), elsewhere.resolve("table"));
    Files.createDirectories(lake.path("raw/theirs: [old]/_delta_log"));
    aWeekPasses();

    assertThat(leftovers()).isEmpty();
    assertThat(cleaning().skipped()).isEmpty();
  }

  @Test
  void onlyWhatIsNamedIsLookedThrough() {
    die(Step.WRITTEN);
    aWeekPasses();

    assertThat(cleaning(new LakePath("export/report")).leftovers())
        .extracting(Leftover::kind)
        .containsExactly(Kind.UNPUBLISHED_VERSION);
    assertThatThrownBy(() -> cleaning(new LakePath("mart/reprot")))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("mart/reprot");
  }

  private void die(Step step) {
    die(step, table, export);
  }

  private void die(Step step, Write... writes) {
    lake.table("raw/orders", "SELECT 2 AS id, DATE'2026-03-01' AS day", "day");
    dying.dieWhen((reached, of) -> reached == step);
    assertThat(dying.runUntilDeath(() -> finish(writes))).isTrue();
  }

  private void finish() {
    finish(table, export);
  }

  private void finish(Write... writes) {
    CompiledRun run = lake.engine().compile(request(pipeline(writes)));
    assertThat(run.execute(new PublishGate(), ProgressListener.SILENT).failure()).isEmpty();
    run.settle();
  }

  private List<Leftover> leftovers() {
    return cleaning().leftovers();
  }

  private void clean() {
    cleaning().remove();
  }

  private Cleaning cleaning(LakePath... paths) {
    return lake.engine().lake().cleaning(List.of(paths), Cleaning.LEAST_AGE);
  }

  /** Entries of the journal have their age from the clock that they were begun by. */
  private Cleaning cleaningNextWeek() {
    EngineLake later =
        new EngineLake(
            directory, ListeningEngines.goBy(Clock.offset(Clock.systemUTC(), Duration.ofDays(8))));
    return later.engine().lake().cleaning(List.of(), Cleaning.LEAST_AGE);
  }

  private List<Path> checksums() {
    try (Stream<Path> found = Files.list(lake.path("mart/report/day=2026-03-01"))) {
      return found.filter(file -> file.toString().endsWith(".parquet.crc")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> versions() {
    try (Stream<Path> found = Files.list(lake.path("export/report/_versions/day=2026-03-01"))) {
      return found.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if all files were written eight days ago. */
  private void aWeekPasses() {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, then);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertPublished(int id) {
    assertSameRows(
        lake.sql("SELECT " + id + " AS id, DATE'2026-03-01' AS day"), lake.rows("mart/report"));
    assertThat(lake.content("export/report/day=2026-03-01/report.csv"))
        .isEqualTo("id,day\n" + id + ",2026-03-01\n");
  }
}
