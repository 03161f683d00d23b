package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.PutIfAbsent;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.testing.EngineLake;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkException;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is told apart by whether a retry is worth while. */
@Tag("spark")
final class FailuresTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private static CountDownLatch computing;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT id AS id, 'x' AS name FROM range(3)");
  }

  @Test
  void aLakeThatCannotKeepWritersApartIsAWrongConfiguration() {
    org.apache.hadoop.fs.Path unknown = new org.apache.hadoop.fs.Path("abfs://c/lake/entry.json");

    RunFailedException thrown =
        catchThrowableOfType(RunFailedException.class, () -> PutIfAbsent.requireSupported(unknown));

    Failure failure = Failures.of(new IllegalStateException(thrown));
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.message()).contains("abfs");
    assertThat(failure.fix()).contains("use a lake on file, hdfs or s3a");
  }

  @Test
  void valuesThatAnExpressionDoesNotExpectAreBadData() {
    assertData(rows.select("CAST(name AS INT) AS n"), "CAST_INVALID_INPUT", "'x'");
    assertData(rows.select("1 / (id - id) AS n"), "DIVIDE_BY_ZERO", "zero");
    assertData(
        rows.select("CAST(raise_error('no such id') AS INT) AS n"),
        "USER_RAISED_EXCEPTION",
        "no such id");
    assertData(
        rows.select("CAST(id * 9223372036854775807 AS BIGINT) AS n"), "ARITHMETIC_OVERFLOW", "");
    assertData(
        rows.select("element_at(array(1), 5) AS n"), "INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "");
  }

  @Test
  void aMalformedFileIsBadDataAndNamesItsLine() {
    lake.file("in/bad.csv", "id\n1\nx\n");
    lake.file("json/bad.json", "{\"id\": 1}\n{\"id\": \n");

    Failure ofCsv = failure(read(csv("in").schema("id INT")));
    Failure ofJson = failure(read(json("json").schema("id INT")));

    assertThat(ofCsv.kind()).isEqualTo(FailureKind.DATA);
    assertThat(ofCsv.message()).contains("bad.csv", "3");
    assertThat(ofCsv.fix()).contains("keepDefects()");
    assertThat(ofJson.kind()).isEqualTo(FailureKind.DATA);
    assertThat(ofCsv.message()).doesNotContain("malformed-input");
    assertThat(ofJson.message())
        .contains("line 2 of", "json/bad.json: its JSON object is not closed")
        .doesNotContain("export/broken");
  }

  @Test
  void aFieldOfAJsonLineThatIsOfAnotherTypeIsNamedAlsoBehindAGroup() {
    lake.file("typed/a.json", "{\"id\": 1}\n");
    lake.file("typed/b.json", "{\"id\": 1}\n\n{\"id\": \"one\", \"name\": \"x\"}\n");

    Failure failure =
        failure(
            read(json("typed").schema("name STRING, id INT"))
                .groupBy("name")
                .aggregate("sum(id) AS ids"));

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("line 3 of", "typed/b.json: column 'id' is not an INT.");
  }

  @Test
  void whatNobodyKnowsIsNeverWorthARetry() {
    assertThat(Failures.of(new IOException("a surprise")).kind()).isEqualTo(FailureKind.BUG);
    assertThat(Failures.of(new IOException("Input/output error")).kind())
        .isEqualTo(FailureKind.STORAGE);
    assertThat(
            Failures.of(
                    new IOException(
                        "org.apache.hadoop.hdfs.server.namenode.SafeModeException: no writes"))
                .kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void executorsThatAreLostAreNoFaultOfTheProgram() {
    String lost = "Job aborted due to stage failure: ExecutorLostFailure (executor 1 exited %s)";

    assertThat(Failures.of(new SparkException(lost.formatted("Reason: worker lost"))).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(
            Failures.of(new SparkException(lost.formatted("Container exited with exit code: 137")))
                .kind())
        .isEqualTo(FailureKind.OUT_OF_MEMORY);
  }

  @Test
  void aTargetThatIsAFileIsAConfigurationThatIsWrong() {
    lake.file("mart/file", "not a table");

    for (var write :
        new io.penstock.plan.Write[] {
          rows.to(delta("mart/file").overwrite()), rows.to(csv("mart/file").overwrite())
        }) {
      RunFailedException refused =
          catchThrowableOfType(
              RunFailedException.class, () -> lake.engine().compile(request(pipeline(write))));
      assertThat(refused).isNotNull();
      assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
      assertThat(refused.failure().message()).contains("mart/file");
    }
  }

  @Test
  void anInputThatDisappearsIsTriedAgain() throws IOException {
    lake.file("gone/a.csv", "id\n1\n");
    var run = lake.compile(read(csv("gone").schema("id INT")).to(delta("mart/gone").overwrite()));
    Files.delete(lake.path("gone/a.csv"));

    Failure failure =
        run.execute(new PublishGate(), ProgressListener.SILENT).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.TRY_AGAIN);
    assertThat(failure.code()).isEqualTo("INPUT_CHANGED");
  }

  /** HDFS says it of a connection, in words of a file's end. */
  @Test
  void aConnectionThatEndsIsNoFileThatIsCut() {
    Failure failure =
        Failures.of(
            new IllegalStateException(
                new EOFException("End of File Exception between local host is: a")));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void exceptionsOfTheSystemAreKnown() {
    Map<Throwable, FailureKind> kinds =
        Map.of(
            new AccessControlException("denied"), FailureKind.NOT_PERMITTED,
            new AccessDeniedException("/lake"), FailureKind.NOT_PERMITTED,
            new ConnectException("refused"), FailureKind.UNAVAILABLE,
            new OutOfMemoryError("Java heap space"), FailureKind.OUT_OF_MEMORY,
            new IOException("No space left on device"), FailureKind.STORAGE,
            new IllegalStateException("surprise"), FailureKind.BUG);

    kinds.forEach(
        (thrown, kind) ->
            assertThat(Failures.of(new ExecutionException(new RuntimeException(thrown))).kind())
                .as(thrown.toString())
                .isEqualTo(kind));
    assertThat(Failures.of(new IllegalStateException("surprise")).message()).contains("surprise");
  }

  /** A transform that was right when the plan was compiled may meet a machine that fails. */
  @Test
  void whatATransformMeetsIsNoProblemOfItsPlan() {
    PlanProblemException refused =
        new PlanProblemException("TRANSFORM_FAILED", "Cannot apply it.", "mend it.");
    PlanProblemException unreachable =
        new PlanProblemException(
            "TRANSFORM_FAILED", "Cannot apply it.", "mend it.", new ConnectException("refused"));

    assertThat(Failures.of(refused).kind()).isEqualTo(FailureKind.INVALID);
    assertThat(Failures.of(refused).code()).isEqualTo("TRANSFORM_FAILED");
    assertThat(Failures.of(unreachable).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(
            () ->
                Failures.classified(
                    () -> {
                      throw unreachable;
                    }))
        .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE));
  }

  @Test
  void aRefusedAccessIsToldInWords() {
    Failure refused = Failures.of(new UncheckedIOException(new AccessDeniedException("/lake/raw")));
    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_PERMITTED);
    assertThat(refused.message()).isEqualTo("access denied: /lake/raw.");

    Failure unwritable =
        Failures.of(
            new RuntimeException(new FileNotFoundException("/lake/raw/x (Permission denied)")));
    assertThat(unwritable.kind()).isEqualTo(FailureKind.NOT_PERMITTED);
    assertThat(unwritable.message()).isEqualTo("/lake/raw/x (Permission denied).");
  }

  @Test
  void aFileSystemWithoutItsJarIsAConfigurationToMend() {
    Configuration configuration = new Configuration();
    // As Hadoop knows the class of s3a, which is in another jar.
    configuration.set("fs.absent.impl", "org.apache.hadoop.fs.absent.AbsentFileSystem");
    for (String place : List.of("absent://bucket/lake", "unheard://of/lake")) {
      Throwable thrown =
          catchThrowable(() -> new org.apache.hadoop.fs.Path(place).getFileSystem(configuration));
      Failure failure = Failures.of(thrown);
      assertThat(failure.kind()).as(place).isEqualTo(FailureKind.INVALID);
      assertThat(failure.code()).isEqualTo("FILE_SYSTEM_MISSING");
      assertThat(failure.fix())
          .contains(
              "hadoop-aws " + VersionInfo.getVersion(),
              "hadoop-client-runtime " + VersionInfo.getVersion());
    }
  }

  @Test
  void tooLittleMemoryForSparkIsNoFaultOfTheProgram() {
    Throwable thrown =
        new SparkIllegalArgumentException(
            "INVALID_DRIVER_MEMORY",
            Map.of("systemMemory", "1", "minSystemMemory", "2", "config", "spark.driver.memory"));
    assertThat(Failures.of(thrown).kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
  }

  @Test
  void stoppingWhileSparkComputesIsNoFaultOfTheProgram() throws Exception {
    computing = new CountDownLatch(1);
    EngineLake stopped = new EngineLake(directory);
    SparkTransform endless =
        frame ->
            frame.withColumn(
                "x",
                functions
                    .udf((UDF1<Long, Long>) FailuresTest::computeForever, DataTypes.LongType)
                    .apply(functions.col("id")));
    var run = stopped.compile(rows.transform("endless", endless).to(delta("mart/x").overwrite()));
    PublishGate gate = new PublishGate();
    FutureTask<RunReport> report =
        new FutureTask<>(() -> run.execute(gate, ProgressListener.SILENT));
    new Thread(report, "run").start();
    computing.await();

    gate.stop();
    stopped.engine().stop();

    assertThat(report.get().failure().orElseThrow().kind()).isEqualTo(FailureKind.STOPPED);
    assertThat(report.get().published()).isEqualTo(RunReport.Published.NONE);
    assertThat(run.execute(gate, ProgressListener.SILENT).failure().orElseThrow())
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED));
  }

  @Test
  void aClosedGateStopsARunBeforeItsFirstCommit() {
    PublishGate gate = new PublishGate();
    gate.stop();

    RunReport report =
        lake.compile(rows.to(delta("mart/gated").overwrite()))
            .execute(gate, ProgressListener.SILENT);

    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.STOPPED);
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(lake.path("mart/gated")).doesNotExist();
  }

  private static Long computeForever(Long id) throws InterruptedException {
    computing.countDown();
    new CountDownLatch(1).await();
    return id;
  }

  private static void assertData(Rows broken, String code, String message) {
    Failure failure = failure(broken);
    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message()).contains(message).doesNotContain("SQLSTATE", "\tat ");
  }

  private static Failure failure(Rows broken) {
    return lake.run(broken.to(csv("export/broken").overwrite())).failure().orElseThrow();
  }
}
