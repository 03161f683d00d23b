package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a stop means for jobs that run, and for those that come later. */
@Tag("spark")
@Timeout(120)
final class StoppedEngineTest {
  private static final byte BEGUN = 1;

  @TempDir private Path lake;
  private EngineSettings settings;

  @BeforeEach
  void aLakeWithSomeRows() throws IOException {
    SparkTestSession.spark();
    settings =
        new EngineSettings(lake.toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET);
    Path rows = Files.createDirectories(lake.resolve("rows"));
    Files.writeString(rows.resolve("rows.json"), "{\"id\": 1}\n{\"id\": 2}\n");
  }

  /** The group belongs to the thread, on which other tests run later. */
  @AfterEach
  void leaveTheGroup() {
    SparkTestSession.spark().sparkContext().clearJobGroup();
  }

  @Test
  void aRunningJobIsCancelled() throws IOException {
    try (ServerSocket server = new ServerSocket(0);
        Engine engine = new SparkEngineProvider().open(settings)) {
      Rows waiting = waitingFor(server.getLocalPort());
      FutureTask<Long> count =
          new FutureTask<>(() -> engine.view(waiting, Optional.empty()).count());
      new Thread(count).start();
      try (Socket task = server.accept()) {
        engine.stop();

        assertThat(task.getInputStream().readAllBytes()).as("until its end").containsExactly(BEGUN);
        assertThatThrownBy(count::get).hasCauseInstanceOf(RunFailedException.class);
      }
    }
  }

  @Test
  void aJobThatSomebodyElseCancelledIsTriedAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0);
        Engine engine = new SparkEngineProvider().open(settings)) {
      Pipeline pipeline =
          Pipeline.named("waiting")
              .writes(waitingFor(server.getLocalPort()).to(delta("mart/waiting").overwrite()));
      CompiledRun run =
          engine.compile(
              new RunRequest(pipeline, Optional.empty(), Map.of(), "run-1", Instant.EPOCH));
      FutureTask<RunReport> report =
          new FutureTask<>(() -> run.execute(new PublishGate(), ProgressListener.SILENT));
      new Thread(report).start();
      try (Socket task = server.accept()) {
        SparkTestSession.spark().sparkContext().cancelAllJobs();

        assertThat(task.getInputStream().readAllBytes()).containsExactly(BEGUN);
        Failure failure = report.get().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(FailureKind.TRY_AGAIN);
        assertThat(failure.message()).startsWith("Somebody cancelled a Spark job of the run");
      }
    }
  }

  /** Adaptive execution submits the map stage by itself, which Spark would let through. */
  @Test
  void aMapStageThatStartsLaterIsCancelled() throws IOException {
    try (ServerSocket server = new ServerSocket(0);
        Engine engine = new SparkEngineProvider().open(settings)) {
      Rows shuffled = waitingFor(server.getLocalPort()).groupBy("id").aggregate("count(*) AS n");
      RowsView view = engine.view(shuffled, Optional.empty());

      engine.stop();

      assertThatThrownBy(view::count).isInstanceOf(RunFailedException.class);
    }
  }

  @Test
  void anotherEngineOfTheProcessGoesOn() {
    try (Engine stopped = new SparkEngineProvider().open(settings);
        Engine other = new SparkEngineProvider().open(settings)) {
      stopped.stop();

      assertThat(other.view(rows(), Optional.empty()).count()).isEqualTo(2);
    }
  }

  private static Rows rows() {
    return read(json("rows").schema("id INT"));
  }

  /** Rows whose task says that it has begun by connecting, and then waits until it is cancelled. */
  private static Rows waitingFor(int port) {
    return rows()
        .transform(
            "wait",
            SparkTransform.of(
                frame ->
                    frame.map(
                        (MapFunction<Row, Row>)
                            row -> {
                              try (Socket begun = new Socket("localhost", port)) {
                                begun.getOutputStream().write(BEGUN);
                                new CountDownLatch(1).await();
                              }
                              return row;
                            },
                        frame.encoder())));
  }
}
