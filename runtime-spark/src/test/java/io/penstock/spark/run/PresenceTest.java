package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunRequest;
import io.penstock.engine.UnfinishedRun;
import io.penstock.plan.Write;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to an input, by runs or by others: a job that reads it finds the rows that are
 * there, or is told that they are missing. It never reads nothing for what isn't there.
 */
@Tag("spark")
final class PresenceTest {
  private static final LakePath INPUT = new LakePath("raw/t");
  private static final List<Step> BEFORE_THE_COMMIT =
      List.of(Step.BEGUN, Step.WRITTEN, Step.CHECKED, Step.JOURNALLED, Step.READY);

  @TempDir private Path directory;
  private final Dying dying = new Dying();
  private EngineLake lake;

  @BeforeEach
  void openLake() {
    lake = new EngineLake(directory, ListeningEngines.tell(dying));
  }

  @AfterEach
  void letGo() {
    dying.bury();
  }

  @Test
  void aDayIsThereFromItsPublicationUntilItIsTakenOut() throws IOException {
    deliver(1, 2);
    expectMissing(1, "it was never written");
    refuse(daily(1));
    expectMissing(1, "its first run was refused");
    refuse(daily(1));
    expectMissing(1, "its first run was refused again");
    for (Step step : BEFORE_THE_COMMIT) {
      die(step, daily(1));
      expectMissing(1, "its first run was killed when " + step);
    }
    recover();
    expectMissing(1, "a run that published nothing was recovered");
    die(Step.VISIBLE, daily(2));
    recover();
    expectMissing(1, "another day was published");
    expectRows(2, 2, "a run that was killed behind its commit was recovered");

    deliver(1, 0);
    publish(daily(1));
    expectRows(1, 0, "it was replaced by nothing");
    expectMissing(3, "it is to come");
    maintain();
    expectRows(1, 0, "the table was maintained");
    taken("DELETE FROM {t} WHERE day = '2026-03-01'", 0);
    deliver(1, 3);
    publish(daily(1));
    expectRows(1, 3, "it was replaced by rows");
    refuse(daily(1));
    expectRows(1, 3, "a later run was refused");
    die(Step.READY, daily(1));
    expectRows(1, 3, "a later run was killed");
    maintain();
    expectRows(1, 3, "the table was maintained");
    taken("DELETE FROM {t} WHERE day < '2026-03-02'", 3);
    taken("DELETE FROM {t} WHERE id >= 0", 3);
    taken("RESTORE TABLE {t} TO VERSION AS OF 0", 3);
    taken("INSERT INTO {t} REPLACE WHERE day = '2026-03-01' SELECT * FROM {t} WHERE false", 3);
    taken("REPLACE TABLE {t} (id INT, day DATE) USING delta PARTITIONED BY (day)", 3);

    drop();
    expectMissing(1, "the table was dropped");
    sql("CREATE TABLE {t} (id INT, day DATE) USING delta PARTITIONED BY (day)");
    expectMissing(1, "the table was made anew");
    publish(daily(1));
    expectRows(1, 3, "it was run again");
    publishReport(1, 3);
  }

  /** As a task, from its plan to its failure. */
  @Test
  void aJobThatReadsWhatWasTakenOutFailsAndLeavesItsOutputAlone() {
    deliver(1, 2);
    publish(daily(1));
    publishReport(1, 2);
    sql("DELETE FROM {t}");
    InvalidPipelineException missing = lake.invalid(report(read(delta("raw/t").partition(DAY)), 1));
    assertThat(missing.problems().get(0).message())
        .isEqualTo(
            "Cannot read day=2026-03-01 of 'raw/t': 'land' wrote it, and it is gone: deleted,"
                + " replaced by something else, restored to a time before. Or an earlier release"
                + " replaced it by no rows, of which no file was left.");
    assertThat(missing.problems().get(0).fix())
        .isEqualTo("run 'land' again, or accept its absence with orEmpty().");
    assertThat(lake.rows("mart/report").count()).isEqualTo(2);
  }

  @Test
  void aWholeTableIsThereFromItsPublicationUntilItIsTakenOut() throws IOException {
    deliver(1, 2);
    expectWholeMissing("it was never written");
    refuse(whole());
    expectWholeMissing("its first run was refused");
    for (Step step : BEFORE_THE_COMMIT) {
      die(step, whole());
      expectWholeMissing("its first run was killed when " + step);
    }
    recover();
    expectWholeMissing("a run that published nothing was recovered");
    lake.table("raw/t", "SELECT 1 AS id, DATE'2026-03-01' AS day LIMIT 0", "day");
    expectWholeMissing("somebody made a table without rows");
    expectMissing(1, "somebody made a table without rows");

    deliver(1, 0);
    publish(whole());
    expectWhole(0, "it was replaced by nothing");
    expectMissing(1, "nothing was written for any day");
    expectMissing(9, "nothing was written for any day");
    maintain();
    expectWhole(0, "the table was maintained");
    sql("RESTORE TABLE {t} TO VERSION AS OF 0");
    expectWholeMissing("it was restored to its beginning");
    deliver(1, 3);
    publish(whole());
    expectWhole(3, "it was replaced by rows");
    expectRows(1, 3, "the whole holds the day");
    expectMissing(9, "the whole doesn't hold the day");
    for (String taking :
        List.of(
            "DELETE FROM {t}",
            "TRUNCATE TABLE {t}",
            "INSERT OVERWRITE {t} SELECT * FROM {t} WHERE false",
            "REPLACE TABLE {t} (id INT, day DATE) USING delta PARTITIONED BY (day)")) {
      sql(taking);
      expectWholeMissing(taking);
      publish(whole());
      expectWhole(3, "it was run again");
    }
    drop();
    expectWholeMissing("the table was dropped");
  }

  /** The note that a first run leaves in its folder doesn't outlive the table's beginning. */
  @Test
  void whatAFirstRunLeavesIsInNobodysWay() {
    deliver(1, 2);
    refuse(daily(1));
    assertThat(lake.path("raw/t/_delta_log")).doesNotExist();
    assertThat(lake.path("raw/t/_penstock.unborn")).exists();
    publish(daily(1));
    assertThat(lake.path("raw/t/_penstock.unborn")).doesNotExist();
    assertThat(lake.version("raw/t")).isZero();
  }

  @Test
  void aFolderThatHoldsOtherThingsIsNotTakenForATable() {
    deliver(1, 2);
    lake.file("raw/t/part-00000.parquet", "somebody's");
    assertThat(lake.invalid(land(daily(1))).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("TARGET_IN_USE"));
    assertThat(lake.path("raw/t/part-00000.parquet").toFile().delete()).isTrue();
    refuse(daily(1));
    lake.file("raw/t/day=2026-03-01/notes.txt", "somebody's");
    assertThat(lake.invalid(land(daily(1))).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("such as 'day=2026-03-01'"));
  }

  @Test
  void emptyFoldersAreInNobodysWay() {
    deliver(1, 2);
    assertThat(lake.path("raw/t/day=2026-03-01").toFile().mkdirs()).isTrue();
    publish(daily(1));
    expectRows(1, 2, "it was published into a folder that was there");
  }

  @Test
  void refusedRowsOfAFirstRunCanBeLookedAtWithoutATable() {
    deliver(1, 2);
    RunRequest request = land(refused(daily(1)));
    assertThat(lake.run(request).published()).isEqualTo(Published.NONE);
    assertThat(
            lake.engine()
                .lake()
                .show(INPUT, Optional.empty(), 10, Optional.of(request.runId()))
                .rows())
        .hasSize(2);
  }

  /** Takes a day out by a statement, and has it back by the run that the message names. */
  private void taken(String statement, long rows) {
    sql(statement);
    expectMissing(1, statement);
    publish(daily(1));
    expectRows(1, rows, "it was run again after " + statement);
  }

  private void maintain() {
    sql("OPTIMIZE {t}");
    sql("VACUUM {t}");
  }

  private void sql(String statement) {
    lake.sql(statement.replace("{t}", "delta.`{lake}/raw/t`"));
  }

  private void drop() throws IOException {
    FileUtils.deleteDirectory(lake.path("raw/t").toFile());
    DeltaLog.clearCache();
  }

  private void deliver(int day, int rows) {
    StringBuilder file = new StringBuilder("id\n");
    for (int id = 0; id < rows; id++) {
      file.append(id).append('\n');
    }
    lake.file("arrivals/day=2026-03-0" + day + "/a.csv", file.toString());
    lake.file("arrivals/day=2026-03-02/a.csv", "id\n1\n2\n");
  }

  private record Landing(int day, Rows rows, Write write) {}

  private static Landing daily(int day) {
    Rows rows =
        read(csv("arrivals").schema("id INT").partition(DAY))
            .with("day", "CAST(:from AS DATE)")
            .select("id", "day");
    return new Landing(day, rows, rows.to(delta("raw/t").overwrite(DAY)));
  }

  private static Landing whole() {
    Rows rows =
        read(csv("arrivals/day=2026-03-01").schema("id INT"))
            .with("day", "DATE'2026-03-01'")
            .select("id", "day");
    return new Landing(0, rows, rows.to(delta("raw/t").overwrite()));
  }

  private static Landing refused(Landing landing) {
    Rows rows = landing.rows().expect(satisfies("id > 100"));
    return new Landing(
        landing.day(),
        rows,
        landing.day() == 0
            ? rows.to(delta("raw/t").overwrite())
            : rows.to(delta("raw/t").overwrite(DAY)));
  }

  private static RunRequest land(Landing landing) {
    return request(
        new Pipeline("land", "", List.of(), List.of(), List.of(landing.write())),
        unit(landing.day()),
        Map.of());
  }

  private static Optional<Interval> unit(int day) {
    return day == 0 ? Optional.empty() : Optional.of(march(day));
  }

  private void publish(Landing landing) {
    lake.succeed(land(landing));
  }

  private void refuse(Landing landing) {
    RunReport report = lake.run(land(refused(landing)));
    assertThat(report.failure().orElseThrow().code()).isEqualTo("CHECK_FAILED");
  }

  private void die(Step step, Landing landing) {
    dying.dieWhen((reached, subject) -> reached == step);
    assertThat(dying.runUntilDeath(() -> lake.run(land(landing)))).as("died").isTrue();
  }

  private void recover() {
    for (UnfinishedRun run : lake.engine().lake().unfinished()) {
      run.complete(new PublishGate());
      run.settle();
    }
  }

  private RunRequest report(Rows rows, int day) {
    return request(
        new Pipeline(
            "report",
            "",
            List.of(),
            List.of(),
            List.of(
                day == 0
                    ? rows.to(delta("mart/report").overwrite())
                    : rows.to(delta("mart/report").overwrite(DAY)))),
        unit(day),
        Map.of());
  }

  private void publishReport(int day, long rows) {
    RunReport report = lake.succeed(report(read(delta("raw/t").partition(DAY)), day));
    assertThat(report.inputs().get(0).rows()).isEqualTo(OptionalLong.of(rows));
  }

  private void expectMissing(int day, String because) {
    InvalidPipelineException refused =
        lake.invalid(report(read(delta("raw/t").partition(DAY)), day));
    assertThat(refused.failure().kind()).as(because).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(lake.engine().lake().missingUnits(INPUT, DAY, List.of(march(day))))
        .as(because)
        .containsExactly(march(day));
    if (lake.path("raw/t/_delta_log").toFile().exists()) {
      assertThat(refused.missingInputs())
          .as(because)
          .containsExactly(new MissingInput(INPUT, List.of(march(day))));
    }
  }

  private void expectRows(int day, long rows, String because) {
    assertThat(lake.engine().lake().missingUnits(INPUT, DAY, List.of(march(day))))
        .as(because)
        .isEmpty();
    assertThat(
            lake.engine()
                .view(read(delta("raw/t").partition(DAY)), Optional.of(march(day)), Map.of())
                .count())
        .as(because)
        .isEqualTo(rows);
  }

  private void expectWholeMissing(String because) {
    InvalidPipelineException refused = lake.invalid(report(read(delta("raw/t")), 0));
    assertThat(refused.failure().kind()).as(because).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(lake.engine().lake().isPresent(INPUT)).as(because).isFalse();
  }

  private void expectWhole(long rows, String because) {
    assertThat(lake.engine().lake().isPresent(INPUT)).as(because).isTrue();
    assertThat(lake.engine().view(read(delta("raw/t")), Optional.empty(), Map.of()).count())
        .as(because)
        .isEqualTo(rows);
  }
}
