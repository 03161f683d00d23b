package io.penstock.spark.export;

import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.PutIfAbsent;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
@OnEveryFileSystem
class ExportsTest {
  private final LakeFileSystem fileSystem;
  private final SparkSession spark;
  private final Exports exports;
  private final ExportReader reader;
  @TempDir private java.nio.file.Path temporary;
  private Path lake;
  private ExportTarget target;
  private Path stable;

  ExportsTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.spark = fileSystem.session();
    this.exports = new Exports(spark.sessionState().newHadoopConf());
    this.reader = new ExportReader(spark.sessionState().newHadoopConf());
  }

  @BeforeEach
  void nameTarget() {
    lake = fileSystem.place(temporary);
    target = day("2026-03-01");
    stable = path("export/report/day=2026-03-01/report.csv");
  }

  @Test
  void aStagedExportIsSeenByNobodyAndCanBeReadForAudit() {
    StagedExport staged = exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1));

    assertThat(exports.current(target)).isEmpty();
    assertThat(fileSystem.names(stable.getParent())).isEmpty();
    assertThat(staged.manifest().rowCount()).isEqualTo(3);
    assertThat(staged.rows(spark).collectAsList()).isEqualTo(numbers(3).collectAsList());
    assertThat(staged.path()).hasToString(lake + "/export/report/_versions/day=2026-03-01/run-1");
  }

  @Test
  void aPublishedExportIsCurrentAndLiesInTheStablePath() throws IOException {
    StagedExport staged = exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1));

    PublishedExport published = exports.publish(staged, ExportsTest::open);

    assertThat(exports.current(target)).contains(published);
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n2\n");
    assertThat(fileSystem.names(stable.getParent())).containsExactly("report.csv");
  }

  @Test
  void theManifestSaysWhatTheVersionHolds() throws IOException {
    Dataset<Row> rows = spark.sql("SELECT DATE'2026-03-01' AS day, 1.50BD AS amount, '' AS note");

    exports.stage(rows, target, CsvForm.PLAIN, attempt(7));

    assertThat(fileSystem.text(path("export/report/_versions/day=2026-03-01/run-7/manifest.json")))
        .isEqualTo(
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
  void anEmptyExportIsAHeader() throws IOException {
    exports.publish(
        exports.stage(numbers(3), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    exports.publish(
        exports.stage(numbers(0), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThat(fileSystem.text(stable)).isEqualTo("n\n");
    assertThat(exports.current(target).orElseThrow().rows(spark).count()).isZero();
  }

  @Test
  void aRunIdIsUsedOnce() throws IOException {
    exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));

    assertThatThrownBy(() -> exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(1)))
        .hasMessageContaining("versions are immutable");
    assertThat(fileSystem.text(path("export/report/_versions/day=2026-03-01/run-1/report.csv")))
        .isEqualTo("n\n0\n");
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
  void aLaterEpochReplacesAndAnEarlierOneIsFencedOff() throws IOException {
    StagedExport late = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThatThrownBy(() -> exports.publish(late, ExportsTest::open))
        .isInstanceOf(OvertakenException.class)
        .hasMessageContaining("its epoch is 1 and epoch 2 is published already");
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n");
    assertThat(fileSystem.names(stable.getParent())).containsExactly("report.csv");
  }

  @Test
  void twoRunsWithOneEpochCannotBothPublish() throws IOException {
    StagedExport other =
        exports.stage(
            numbers(1),
            target,
            CsvForm.PLAIN,
            new ExportProvenance("other", 1, "p", "", Map.of(), Instant.EPOCH));
    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);

    assertThatThrownBy(() -> exports.publish(other, ExportsTest::open))
        .isInstanceOf(OvertakenException.class)
        .hasMessageContaining("run run-1 has published with the same epoch 1");
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n");
  }

  @Test
  void aFailingTaskLeavesEverythingAsItWas() throws IOException {
    exports.publish(
        exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    Dataset<Row> failing =
        spark.range(0, 100, 1, 4).selectExpr("if(id = 77, raise_error('broken'), id) AS n");

    assertThatThrownBy(() -> exports.stage(failing, target, CsvForm.PLAIN, attempt(2)))
        .hasStackTraceContaining("broken");
    assertThat(exports.current(target).orElseThrow().manifest().attempt().epoch()).isEqualTo(1);
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n");
    assertThat(fileSystem.names(path("export/report/_versions/day=2026-03-01")))
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
    assertThat(fileSystem.names(stable.getParent())).isEmpty();
  }

  @Test
  void aVersionWhoseFileChangedIsNotPublished() {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    Path file = path("export/report/_versions/day=2026-03-01/run-1/report.csv");
    LakeFiles files = LakeFiles.of(lake, fileSystem.configuration());

    files.replace(file, "n\n".getBytes(UTF_8));
    assertThatThrownBy(() -> exports.publish(staged, ExportsTest::open))
        .hasMessageContaining("was written with 4 bytes and now has 2");
    files.delete(file);
    assertThatThrownBy(() -> exports.publish(staged, ExportsTest::open))
        .hasMessageContaining("is gone");
    assertThat(exports.current(target)).isEmpty();
  }

  @Test
  void aVersionWhoseManifestIsGoneIsNotPublished() {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    Path manifest = path("export/report/_versions/day=2026-03-01/run-1/manifest.json");
    LakeFiles files = LakeFiles.of(lake, fileSystem.configuration());

    assertThatThrownBy(() -> exports.publish(staged, () -> files.delete(manifest)))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("FILE_GONE"))
        .hasMessageContaining("manifest.json: it was removed, or never completed");

    assertThat(exports.current(target)).isEmpty();
  }

  @Test
  void aCrashBeforeTheStablePathIsRepaired() throws IOException {
    exports.publish(
        exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    crashAfterPutIfAbsent(exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)));
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n");

    exports.repairStablePath(target);

    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n");
  }

  @Test
  void aCrashBeforeTheStablePathIsRepairedByTheNextPublication() throws IOException {
    crashAfterPutIfAbsent(exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1)));
    assertThat(fileSystem.names(stable.getParent())).isEmpty();

    exports.publish(
        exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2)), ExportsTest::open);

    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n");
  }

  @Test
  void aPublicationOvertakenBetweenItsTwoNamesPutsTheLaterOneBack() throws IOException {
    StagedExport first = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));
    StagedExport second = exports.stage(numbers(2), target, CsvForm.PLAIN, attempt(2));

    exports.publish(first, () -> exports.publish(second, ExportsTest::open));

    assertThat(exports.current(target).orElseThrow().manifest()).isEqualTo(second.manifest());
    assertThat(fileSystem.text(stable)).isEqualTo("n\n0\n1\n");
  }

  @Test
  void listsThePublishedPartitions() {
    publishNumbers(day("2026-03-03"), target);
    exports.stage(numbers(1), day("2026-03-04"), CsvForm.PLAIN, attempt(1));

    assertThat(reader.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactly(target, day("2026-03-03"));
  }

  @Test
  void listsThePublishedPartitionsWithinPartitions() {
    ExportTarget one = target.within(new PartitionSegment("a", "x/../y"));
    ExportTarget other = day("2026-03-02").within(new PartitionSegment("a", "1"));
    publishNumbers(other, one);

    assertThat(reader.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactly(one, other);
  }

  @Test
  void anExportThatIsDividedInTwoWaysIsNotRead() {
    ExportTarget whole = new ExportTarget(target.directory(), List.of());
    publishNumbers(whole, target, day("2026-03-02"));

    assertThatThrownBy(() -> reader.published(target.directory()))
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContaining("it is published as a whole and as partitions by day");
    assertThat(reader.examples(target.directory())).containsExactly(whole, target);
  }

  @Test
  void hostileValuesAreNamesLikeOthers() throws IOException {
    List<ExportTarget> targets =
        Stream.of("..", "x/../y", "a b+c", "50%2F", "a=b:c", "매출*?\n").map(this::day).toList();

    for (ExportTarget hostile : targets) {
      exports.publish(
          exports.stage(numbers(1), hostile, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
      assertThat(fileSystem.text(hostile.stablePath(CsvCompression.NONE))).isEqualTo("n\n0\n");
    }

    assertThat(reader.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactlyInAnyOrderElementsOf(targets);
    assertThat(fileSystem.names(lake)).containsExactly("export");
    assertThat(fileSystem.names(path("export"))).containsExactly("report");
  }

  @Test
  void aWholeExportLiesBesideNoPartition() throws IOException {
    ExportTarget whole = new ExportTarget(target.directory(), List.of());

    exports.publish(exports.stage(numbers(1), whole, CsvForm.PLAIN, attempt(1)), ExportsTest::open);

    assertThat(fileSystem.text(path("export/report/report.csv"))).isEqualTo("n\n0\n");
    assertThat(reader.published(target.directory()))
        .extracting(PublishedExport::target)
        .containsExactly(whole);
  }

  @Test
  void aDiscardedVersionIsGone() {
    StagedExport staged = exports.stage(numbers(1), target, CsvForm.PLAIN, attempt(1));

    exports.discard(staged);

    assertThat(fileSystem.names(path("export/report/_versions/day=2026-03-01"))).isEmpty();
  }

  @Test
  void refusesNestedColumnsBeforeAnythingIsWritten() {
    assertThatThrownBy(
            () ->
                exports.stage(
                    spark.sql("SELECT array(1) AS list"), target, CsvForm.PLAIN, attempt(1)))
        .hasMessageContaining("'list'");
    assertThat(fileSystem.names(lake)).isEmpty();
  }

  @Test
  void refusesRunIdsThatAreNoDirectoryNames() {
    for (String runId : List.of("", "..", "a/b", ".hidden", "_x", "a\nb")) {
      assertThatThrownBy(() -> new ExportProvenance(runId, 1, "p", "", Map.of(), Instant.EPOCH))
          .hasMessageContaining("Cannot use run id");
    }
  }

  private void publishNumbers(ExportTarget... targets) {
    for (ExportTarget published : targets) {
      exports.publish(
          exports.stage(numbers(1), published, CsvForm.PLAIN, attempt(1)), ExportsTest::open);
    }
  }

  private void crashAfterPutIfAbsent(StagedExport staged) {
    ExportProvenance attempt = staged.manifest().attempt();
    new PutIfAbsent(fileSystem.configuration())
        .put(
            staged.target().entry(attempt.epoch()), ExportJson.write(PublicationEntry.of(attempt)));
  }

  private Path path(String name) {
    return new Path(lake, name);
  }

  private ExportTarget day(String day) {
    return new ExportTarget(
        LakeRoot.of(lake.toString(), fileSystem.configuration()).resolve("export/report"),
        List.of(new PartitionSegment("day", day)));
  }

  /** A gate that lets everybody through. */
  private static void open() {}

  private static ExportProvenance attempt(long epoch) {
    return new ExportProvenance(
        "run-" + epoch,
        epoch,
        "channel-report",
        "2026-03-01/2026-03-02",
        Map.of("raw/b", 4L, "raw/a", 3L),
        Instant.parse("2026-03-02T01:02:03Z"));
  }

  private Dataset<Row> numbers(long count) {
    return spark.range(0, count, 1, 2).toDF("n");
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
