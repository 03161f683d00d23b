package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.engine.SparkEngineProvider;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class StoppedRunTest {
  @TempDir private Path lake;

  @Test
  void aRunThatIsStoppedBeforeItBeginsCreatesNoTable() throws IOException {
    Files.createDirectory(lake.resolve("arrivals"));
    Files.writeString(lake.resolve("arrivals/lines.txt"), "one line\n");
    Pipeline pipeline =
        Pipeline.named("lines").writes(read(text("arrivals")).to(delta("mart/lines").overwrite()));
    SparkTestSession.spark();
    PublishGate gate = new PublishGate();

    try (Engine engine =
        new SparkEngineProvider()
            .open(
                new EngineSettings(
                    lake.toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET))) {
      CompiledRun run =
          engine.compile(
              new RunRequest(pipeline, Optional.empty(), Map.of(), "run-1", Instant.EPOCH));
      gate.stop();
      RunReport report = run.execute(gate, ProgressListener.SILENT);

      assertThat(report.failure().map(Failure::kind)).contains(FailureKind.STOPPED);
      assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
      assertThat(lake.resolve("mart")).doesNotExist();
    }
  }
}
