package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Preview;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class ScratchLakeTest {
  private static final Rows ARRIVED = read(json("arrivals").schema("id INT"));
  private static final Pipeline LAND =
      Pipeline.named("land").writes(ARRIVED.to(delta("raw/ids").overwrite()));
  private static final Rows LANDED = read(delta("raw/ids")).expect(notNull("id"));
  private static final Pipeline COPY =
      Pipeline.named("copy")
          .writes(
              LANDED.to(delta("mart/ids").overwrite()), LANDED.to(csv("export/ids").overwrite()));

  @TempDir private Path folder;
  private Path lake;
  private Path scratch;
  private EngineSettings settings;

  @BeforeEach
  void aLakeWithOneTable() throws IOException {
    SparkTestSession.spark();
    lake = Files.createDirectories(folder.resolve("lake"));
    scratch = folder.resolve("scratch");
    settings =
        new EngineSettings(lake.toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET);
    arrives("{\"id\": 1}");
    assertThat(run(settings, LAND)).isEqualTo(RunReport.Published.ALL);
  }

  @Test
  void aScratchRunReadsTheLakeAndLeavesItAsItIs() throws IOException {
    List<String> before = files(lake);

    assertThat(run(settings.withScratch(scratch.toString()), COPY))
        .isEqualTo(RunReport.Published.ALL);

    assertThat(files(lake)).isEqualTo(before);
    assertThat(shown(settings.withScratch(scratch.toString()), "mart/ids")).containsExactly("1");
    assertThat(shown(settings.withScratch(scratch.toString()), "export/ids")).containsExactly("1");
  }

  @Test
  void noReadSeesWhatAScratchRunWrote() throws IOException {
    arrives("{\"id\": 2}");
    assertThat(run(settings.withScratch(scratch.toString()), LAND))
        .isEqualTo(RunReport.Published.ALL);
    assertThat(shown(settings.withScratch(scratch.toString()), "raw/ids")).containsExactly("2");

    assertThat(run(settings.withScratch(scratch.toString()), COPY))
        .isEqualTo(RunReport.Published.ALL);

    assertThat(shown(settings.withScratch(scratch.toString()), "mart/ids")).containsExactly("1");
  }

  @Test
  void theSchemaOfAScratchTableIsItsOwn() {
    Pipeline other =
        Pipeline.named("copy")
            .writes(LANDED.with("id", "CAST(id AS STRING)").to(delta("raw/copy").overwrite()));
    assertThat(run(settings.withScratch(scratch.toString()), other))
        .isEqualTo(RunReport.Published.ALL);

    Pipeline changed = Pipeline.named("copy").writes(LANDED.to(delta("raw/copy").overwrite()));

    assertThat(run(settings, changed)).isEqualTo(RunReport.Published.ALL);
  }

  private void arrives(String line) throws IOException {
    Path arrivals = Files.createDirectories(lake.resolve("arrivals"));
    Files.writeString(arrivals.resolve("ids.json"), line + "\n");
  }

  private static RunReport.Published run(EngineSettings settings, Pipeline pipeline) {
    try (Engine engine = new SparkEngineProvider().open(settings)) {
      RunRequest request =
          new RunRequest(
              pipeline, Optional.empty(), Map.of(), UUID.randomUUID().toString(), Instant.EPOCH);
      return engine
          .compile(request)
          .execute(new PublishGate(), ProgressListener.SILENT)
          .published();
    }
  }

  private static List<String> shown(EngineSettings settings, String path) {
    try (Engine engine = new SparkEngineProvider().open(settings)) {
      Preview preview =
          engine.lake().show(new LakePath(path), Optional.empty(), 10, Optional.empty());
      return preview.rows().stream().map(row -> row.get(0).orElse("NULL")).toList();
    }
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }
}
