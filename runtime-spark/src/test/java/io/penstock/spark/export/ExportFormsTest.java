package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports by profile, in parts and compressed, and what consumers find of them. */
@Tag("spark")
class ExportFormsTest {
  private static final CsvForm GZIP =
      new CsvForm(CsvProfile.RFC4180, CsvCompression.GZIP, Optional.empty());
  private static final CsvForm PARTS =
      new CsvForm(CsvProfile.EXCEL, CsvCompression.ZSTD, Optional.of(ByteSize.of("1 KB")));

  @TempDir private Path lake;
  private SparkSession spark;
  private Exports exports;
  private ExportTarget target;

  @BeforeEach
  void nameTarget() {
    spark = SparkTestSession.spark();
    exports = new Exports(spark.sessionState().newHadoopConf());
    target =
        new ExportTarget(
            new org.apache.hadoop.fs.Path("file:" + lake + "/export/report"), List.of());
  }

  @Test
  void consumersOfPartsFindThemInTheManifest() throws IOException {
    Dataset<Row> rows = spark.range(0, 1000, 1, 2).selectExpr("id", "'=' || id AS text");

    PublishedExport published = publish(rows, PARTS, 1);

    assertThat(stableFiles()).isEmpty();
    assertThat(published.stablePath()).isEmpty();
    assertThat(published.entryPoint())
        .hasToString("file:" + lake + "/export/report/_versions/all/run-1/manifest.json");
    assertThat(Files.readString(Path.of(published.entryPoint().toUri().getPath())))
        .contains(
            "\"manifestVersion\" : 2",
            "\"dialect\" : \"excel\"",
            "\"compression\" : \"zstd\"",
            "\"layout\" : \"parts\"",
            "\"name\" : \"report-00001.csv.zst\"");
    assertThat(exports.current(target)).contains(published);
    assertThat(published.files()).hasSizeGreaterThan(5);
    assertThat(published.rows(spark).orderBy("id").collectAsList()).isEqualTo(rows.collectAsList());
  }

  @Test
  void theStablePathIsThatOfTheCurrentVersionAlone() {
    Dataset<Row> rows = spark.range(3).toDF();

    publish(rows, CsvForm.PLAIN, 1);
    assertThat(stableFiles()).containsExactly("report.csv");
    assertThat(publish(rows, GZIP, 2).entryPoint())
        .hasToString("file:" + lake + "/export/report/report.csv.gz");
    assertThat(stableFiles()).containsExactly("report.csv.gz");
    publish(rows, PARTS, 3);
    assertThat(stableFiles()).isEmpty();
    publish(rows, CsvForm.PLAIN, 4);
    assertThat(stableFiles()).containsExactly("report.csv");
  }

  @Test
  void partsThatOvertakeAFileLeaveNoStablePath() {
    StagedExport file = stage(spark.range(1).toDF(), CsvForm.PLAIN, 1);
    StagedExport parts = stage(spark.range(2).toDF(), PARTS, 2);

    exports.publish(file, () -> exports.publish(parts, () -> {}));

    assertThat(exports.current(target).orElseThrow().manifest()).isEqualTo(parts.manifest());
    assertThat(stableFiles()).isEmpty();
  }

  @Test
  void manifestsOfTheFirstFormAreStillRead() throws IOException {
    PublishedExport published = publish(spark.range(3).toDF("n"), CsvForm.PLAIN, 1);
    Path manifest = lake.resolve("export/report/_versions/all/run-1/manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"manifestVersion\" : 2", "\"manifestVersion\" : 1")
            .replaceAll("\"(compression|layout)\" : \"[a-z]*\",", ""));

    PublishedExport current = exports.current(target).orElseThrow();

    assertThat(current.manifest().manifestVersion()).isEqualTo(1);
    assertThat(current.stablePath()).isEqualTo(published.stablePath());
    assertThat(current.rows(spark).collectAsList())
        .isEqualTo(published.rows(spark).collectAsList());
  }

  private PublishedExport publish(Dataset<Row> rows, CsvForm form, long epoch) {
    return exports.publish(stage(rows, form, epoch), () -> {});
  }

  private StagedExport stage(Dataset<Row> rows, CsvForm form, long epoch) {
    return exports.stage(
        rows,
        target,
        form,
        new ExportProvenance("run-" + epoch, epoch, "p", "", Map.of(), Instant.EPOCH));
  }

  private List<String> stableFiles() {
    return List.of(
        lake.resolve("export/report").toFile().list((folder, name) -> !name.startsWith("_")));
  }
}
