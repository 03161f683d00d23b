package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.PutIfAbsent;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {
  private static SparkSession spark;

  @TempDir private Path lake;
  private Exports exports;
  private ExportTarget target;
  private Path stable;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  @BeforeEach
  void nameTarget() {
    exports = new Exports(spark);
    target = day("2026-03-01");
    stable = lake.resolve("export/report/day=2026-03-01/report.csv");
  }

  @Test
  void aStagedExportIsSeenByNobodyAndCanBeReadForAudit() {
    StagedExport staged = exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1));

    assertThat(exports.current(target)).isEmpty();
    assertThat(stable).doesNotExist();
    assertThat(staged.manifest().rowCount()).isEqualTo(3);
    assertThat(staged.rows(spark).collectAsList()).isEqualTo(numbers(3).collectAsList());
    assertThat(staged.path())
        .hasToString("file:" + lake + "/export/report/_versions/day=2026-03-01/run-1");
  }

  @Test
  void aPublishedExportIsCurrentAndLiesInTheStablePath() {
    StagedExport staged = exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1));

    PublishedExport published = exports.publish(staged, ExportsTest::open);

    assertThat(exports.current(target)).contains(published);
    assertThat(stable).hasContent("n\n0\n1\n2\n");
    assertThat(stable.getParent().toFile().list()).containsExactly("report.csv");
  }

  @Test
  void theManifestSaysWhatTheVersionHolds() throws IOException {
    Dataset<Row> rows = spark.sql("SELECT DATE'2026-03-01' AS day, 1.50BD AS amount, '' AS note");

    exports.stage(rows, target, CsvForm.PLAIN, attempt(7));

    assertThat(lake.resolve("export/report/_versions/day=2026-03-01/run-7/manifest.json"))
        .hasContent(
            """
            {
              "manifestVersion" : 2,
              "export" : "report",
              "partition" : "day=2026-03-01",
              "dialect" : "rfc4180",
              "compression" : "none",
              "layout" : "file",
              "columns" : [ {
                "name" : "day",
                "type" : "DATE"
              }, {
                "name" : "amount",
                "type" : "DECIMAL(3,2)"
              }, {
                "name" : "note",
                "type" : "STRING"
              } ],
              "files" : [ {
                "name" : "report.csv",
                "rows" : 1,
                "bytes" : 35,
                "sha256" : "%s"
              } ],
              "attempt" : {
                "runId" : "run-7",
                "epoch" : 7,
                "pipeline" : "channel-report",
                "interval" : "2026-03-01/2026-03-02",
                "inputVersions" : {
                  "raw/a" : 3,
                  "raw/b" : 4
                },
                "createdAt" : "2026-03-02T01:02:03Z"
              }
            }\
            """
                .formatted(sha256("day,amount,note\n2026-03-01,1.50,\"\"\n")));
  }

  @Test
  void rowsComeBackWithTheirTypes() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT CAST(1 AS DECIMAL(38,10)) AS d, TIMESTAMP'2026-03-01 00:00:00Z' AS t, '' AS e,"
                + " CAST(NULL AS BIGINT) AS n, 0.1D AS f");
    exports.publish(exports.stage(rows, target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);

    Dataset<Row> back = exports.current(target).orElseThrow().rows(spark);

    assertThat(back.schema()).isEqualTo(rows.schema().asNullable());
    assertThat(back.collectAsList()).isEqualTo(rows.collectAsList());
  }

  @Test
  void anEmptyExportIsAHeader() {
    exports.publish(
        exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    exports.publish(
        exports.stage(numbers(0), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThat(stable).hasContent("n\n");
    assertThat(exports.current(target).orElseThrow().rows(spark).count()).isZero();
  }

  @Test
  void aRunIdIsUsedOnce() {
    exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));

    assertThatThrownBy(() -> exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(1)))
        .hasMessageContaining("versions are immutable");
    assertThat(lake.resolve("export/report/_versions/day=2026-03-01/run-1/report.csv"))
        .hasContent("n\n0\n");
  }

  @Test
  void oneFrameCanBeStagedTwice() {
    Dataset<Row> rows = spark.range(0, 5, 1, 2).groupBy("id").count().orderBy("id");

    StagedExport first = exports.stage(rows, target, CsvForm.PLAIN, attempt(1));
    StagedExport second = exports.stage(rows, target, CsvForm.PLAIN, attempt(2));

    assertThat(second.manifest().files()).isEqualTo(first.manifest().files());
    assertThat(second.manifest().rowCount()).isEqualTo(5);
  }

  @Test
  void publishingTwiceChangesNothing() {
    StagedExport staged = exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1));
    PublishedExport first = exports.publish(staged, ExportsTest::open);

    assertThat(exports.publish(staged, ExportsTest::open)).isEqualTo(first);
    assertThat(exports.current(target)).contains(first);
  }

  @Test
  void aLaterEpochReplacesAndAnEarlierOneIsFencedOff() {
    StagedExport late = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThatThrownBy(() -> exports.publish(late, ExportsTest::open))
        .isInstanceOf(FencedExportException.class)
        .hasMessageContaining("its epoch is 1 and epoch 2 is published already");
    assertThat(stable).hasContent("n\n0\n1\n");
    assertThat(stable.getParent().toFile().list()).containsExactly("report.csv");
  }

  @Test
  void twoRunsWithOneEpochCannotBothPublish() {
    StagedExport other =
        exports.stage(
            numbers(1),
            target,
            CsvForm.PLAIN,
            new ExportAttempt("other", 1, "p", "", Map.of(), Instant.EPOCH));
    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);

    assertThatThrownBy(() -> exports.publish(other, ExportsTest::open))
        .isInstanceOf(FencedExportException.class)
        .hasMessageContaining("run run-1 has published with the same epoch 1");
    assertThat(stable).hasContent("n\n0\n1\n");
  }

  @Test
  void aFailingTaskLeavesEverythingAsItWas() {
    exports.publish(
        exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    Dataset<Row> failing =
        spark.range(0, 100, 1, 4).selectExpr("if(id = 77, raise_error('broken'), id) AS n");

    assertThatThrownBy(() -> exports.stage(failing, target, CsvForm.PLAIN, attempt(2)))
        .hasStackTraceContaining("broken");
    assertThat(exports.current(target).orElseThrow().manifest().attempt().epoch()).isEqualTo(1);
    assertThat(stable).hasContent("n\n0\n");
    assertThat(lake.resolve("export/report/_versions/day=2026-03-01").toFile().list())
        .containsExactly("run-1");
  }

  @Test
  void aClosedGateChangesNothing() {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));

    assertThatThrownBy(
            () ->
                exports.publish(
                    staged,
                    () -> {
                      throw new IllegalStateException("stopping");
                    }))
        .hasMessage("stopping");
    assertThat(exports.current(target)).isEmpty();
    assertThat(stable.getParent()).isEmptyDirectory();
  }

  @Test
  void aVersionWhoseFileChangedIsNotPublished() throws IOException {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    Path file = lake.resolve("export/report/_versions/day=2026-03-01/run-1/report.csv");

    Files.writeString(file, "n\n");
    assertThatThrownBy(() -> exports.publish(staged, ExportsTest::open))
        .hasMessageContaining("was written with 4 bytes and now has 2");
    Files.delete(file);
    assertThatThrownBy(() -> exports.publish(staged, ExportsTest::open))
        .hasMessageContaining("is gone");
    assertThat(exports.current(target)).isEmpty();
  }

  @Test
  void aCrashBeforeTheStablePathIsRepaired() {
    exports.publish(
        exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    crashAfterPutIfAbsent(exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)));
    assertThat(stable).hasContent("n\n0\n");

    exports.repairStablePath(target);

    assertThat(stable).hasContent("n\n0\n1\n");
  }

  @Test
  void aCrashBeforeTheStablePathIsRepairedByTheNextPublication() {
    crashAfterPutIfAbsent(exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)));
    assertThat(stable).doesNotExist();

    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThat(stable).hasContent("n\n0\n1\n");
  }

  @Test
  void aPublicationOvertakenBetweenItsTwoNamesPutsTheLaterOneBack() {
    StagedExport first = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    StagedExport second = exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2));

    exports.publish(first, () -> exports.publish(second, ExportsTest::open));

    assertThat(exports.current(target).orElseThrow().manifest()).isEqualTo(second.manifest());
    assertThat(stable).hasContent("n\n0\n1\n");
  }

  @Test
  void listsThePublishedPartitions() {
    ExportTarget nested =
        new ExportTarget(
            target.directory(),
            List.of(
                new PartitionSegment("day", "2026-03-02"), new PartitionSegment("a", "x/../y")));
    exports.publish(
        exports.stage(numbers(1), day("2026-03-03"), CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    exports.publish(
        exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    exports.publish(
        exports.stage(numbers(1), nested, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    exports.stage(numbers(1), day("2026-03-04"), CsvForm.PLAIN, attempt(1));

    assertThat(exports.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactly(target, nested, day("2026-03-03"));
  }

  @Test
  void aWholeExportLiesBesideNoPartition() {
    ExportTarget whole = new ExportTarget(target.directory(), List.of());

    exports.publish(exports.stage(numbers(1), whole, CsvForm.PLAIN, attempt(1)), ExportsTest::open);

    assertThat(lake.resolve("export/report/report.csv")).hasContent("n\n0\n");
    assertThat(exports.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactly(whole);
  }

  @Test
  void aDiscardedVersionIsGone() {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));

    exports.discard(staged);

    assertThat(lake.resolve("export/report/_versions/day=2026-03-01")).isEmptyDirectory();
  }

  @Test
  void refusesNestedColumnsBeforeAnythingIsWritten() {
    assertThatThrownBy(
            () ->
                exports.stage(
                    spark.sql("SELECT array(1) AS list"), target, CsvForm.PLAIN, attempt(1)))
        .hasMessageContaining("'list'");
    assertThat(lake).isEmptyDirectory();
  }

  @Test
  void refusesRunIdsThatAreNoDirectoryNames() {
    for (String runId : List.of("", "..", "a/b", ".hidden", "_x", "a\nb")) {
      assertThatThrownBy(() -> new ExportAttempt(runId, 1, "p", "", Map.of(), Instant.EPOCH))
          .hasMessageContaining("Cannot use run id");
    }
  }

  private void crashAfterPutIfAbsent(StagedExport staged) {
    ExportAttempt attempt = staged.manifest().attempt();
    new PutIfAbsent(new Configuration(false))
        .put(
            staged.target().entry(attempt.epoch()), ExportJson.write(PublicationEntry.of(attempt)));
  }

  private ExportTarget day(String day) {
    return new ExportTarget(
        LakeRoot.of(lake.toString(), new Configuration(false)).resolve("export/report"),
        List.of(new PartitionSegment("day", day)));
  }

  /** A gate that lets everybody through. */
  private static void open() {}

  private static ExportAttempt attempt(long epoch) {
    return new ExportAttempt(
        "run-" + epoch,
        epoch,
        "channel-report",
        "2026-03-01/2026-03-02",
        Map.of("raw/b", 4L, "raw/a", 3L),
        Instant.parse("2026-03-02T01:02:03Z"));
  }

  private static Dataset<Row> numbers(long count) {
    return spark.range(0, count, 1, 2).toDF("n");
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
