package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.CsvForm;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers during publications. */
@Tag("spark")
class ExportReadersTest {
  private static final int LINES = 5_000;
  private static final int PUBLICATIONS = 200;

  @TempDir private Path lake;
  private Exports exports;
  private ExportTarget target;

  @BeforeEach
  void nameTarget() {
    exports = new Exports(SparkTestSession.spark().sessionState().newHadoopConf());
    target =
        new ExportTarget(
            new org.apache.hadoop.fs.Path("file:" + lake + "/export/report"),
            List.of(new PartitionSegment("day", "2026-03-01")));
  }

  @Test
  void aReaderSeesTheOldOrTheNewVersionAndNeverAPart() throws Exception {
    exports.publish(stage(1), () -> {});
    Path stable = lake.resolve("export/report/day=2026-03-01/report.csv");
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> publications =
          executor.submit(
              () -> {
                for (long epoch = 2; epoch <= PUBLICATIONS; epoch++) {
                  exports.publish(stage(epoch), () -> {});
                }
              });
      long before = 0;
      while (!publications.isDone()) {
        long epoch = Long.parseLong(requireWhole(Files.readAllLines(stable)));
        assertThat(epoch).isGreaterThanOrEqualTo(before);
        before = epoch;

        PublishedExport current = exports.current(target).orElseThrow();
        String content =
            requireWhole(Files.readAllLines(Path.of(current.files().get(0).toUri().getPath())));
        assertThat(content).isEqualTo("" + current.manifest().attempt().epoch());
      }
      publications.get();
    } finally {
      executor.shutdownNow();
    }
    assertThat(requireWhole(Files.readAllLines(stable))).isEqualTo("" + PUBLICATIONS);
  }

  /** Every line of a version names its epoch. */
  private static String requireWhole(List<String> lines) {
    assertThat(lines).hasSize(LINES + 1).startsWith("n");
    Set<String> values = new HashSet<>(lines.subList(1, lines.size()));
    assertThat(values).hasSize(1);
    return values.iterator().next();
  }

  /** As {@link Exports#stage} leaves it, without a Spark job for each of many. */
  private StagedExport stage(long epoch) {
    ExportProvenance attempt =
        new ExportProvenance("run-" + epoch, epoch, "p", "", Map.of(), Instant.EPOCH);
    byte[] content = ("n\n" + (epoch + "\n").repeat(LINES)).getBytes(StandardCharsets.UTF_8);
    write(new org.apache.hadoop.fs.Path(target.version(attempt.runId()), "report.csv"), content);
    ExportManifest manifest =
        ExportManifest.of(
            target,
            StructType.fromDDL("n BIGINT"),
            CsvForm.PLAIN,
            List.of(new WrittenCsv("report.csv", LINES, content.length, "not checked here")),
            attempt);
    write(target.manifest(attempt.runId()), ExportJson.write(manifest));
    return new StagedExport(target, manifest);
  }

  private static void write(org.apache.hadoop.fs.Path file, byte[] content) {
    try (OutputStream out = LakeFiles.of(file, new Configuration(false)).create(file)) {
      out.write(content);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
