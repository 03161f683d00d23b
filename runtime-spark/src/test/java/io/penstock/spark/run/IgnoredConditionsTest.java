package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.engine.SparkEngineProvider;
import io.penstock.spark.files.LogStores;
import io.penstock.spark.testing.S3Server;
import io.penstock.spark.testing.SparkTestSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lake on a store that takes every conditional write as any other. */
@Tag("spark")
final class IgnoredConditionsTest {
  private final SparkSession spark = SparkTestSession.spark();
  private final Rows rows = read(delta("raw/rows"));
  private S3Server server;
  private Engine engine;

  @BeforeEach
  void fill() {
    server = new S3Server(S3Server.Conditions.IGNORED);
    engine =
        new SparkEngineProvider()
            .open(
                new EngineSettings(
                    server.path("lake"),
                    Optional.empty(),
                    server.options(),
                    EngineSettings.Logs.QUIET));
    spark.range(3).write().format("delta").save(server.path("lake/raw/rows"));
  }

  @AfterEach
  void close() {
    engine.close();
    server.close();
    server.options().keySet().forEach(spark.conf()::unset);
    spark.conf().unset(LogStores.ONLY_WRITER);
  }

  @Test
  void isPlannedOnButNeverPublishedTo() {
    List<String> before = server.keys("");

    for (Write write :
        List.of(rows.to(delta("mart/copy").overwrite()), rows.to(csv("export/copy").overwrite()))) {
      CompiledRun run = engine.compile(request(pipeline(write)));
      assertThat(run.plan().outputs()).hasSize(1);
      assertThat(server.keys("")).as("a plan writes nothing").isEqualTo(before);

      RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);

      Failure failure = report.failure().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
      assertThat(failure.message()).contains(server.path("lake"), "If-None-Match");
      assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
      assertThat(server.keys("")).as("a refused run leaves nothing").isEqualTo(before);
    }
  }

  @Test
  void servesItsOnlyWriter() {
    spark.conf().set(LogStores.ONLY_WRITER, "true");

    RunReport report =
        engine
            .compile(request(pipeline(rows.to(delta("mart/copy").overwrite()))))
            .execute(new PublishGate(), ProgressListener.SILENT);

    assertThat(report.failure()).isEmpty();
    assertThat(spark.read().format("delta").load(server.path("lake/mart/copy")).count())
        .isEqualTo(3);
  }
}
