package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.engine.SparkEngineProvider;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.testing.S3Server;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole runs in a lake on an object store. */
final class ObjectStoreTest {
  private static final SparkSession SPARK = SparkTestSession.spark();
  private static S3Server server;
  private static String lake;
  private static Configuration configuration;
  private static Engine engine;

  private final Rows rows = read(delta("raw/rows").partition(DAY));

  @BeforeAll
  static void fill() {
    server = new S3Server();
    lake = server.path("lake");
    configuration = S3Server.settings(server.endpoint());
    Map<String, String> settings = new HashMap<>();
    configuration
        .getPropsWithPrefix("fs.s3a.")
        .forEach((key, value) -> settings.put("fs.s3a." + key, value));
    settings.forEach(SPARK.conf()::set);
    engine =
        new SparkEngineProvider()
            .open(new EngineSettings(lake, Optional.empty(), settings, EngineSettings.Logs.QUIET));
    SPARK
        .sql(
            "SELECT id, DATE'2026-03-01' + CAST(id % 2 AS INT) AS day, concat('n', id) AS name"
                + " FROM range(6)")
        .write()
        .format("delta")
        .partitionBy("day")
        .save(lake + "/raw/rows");
  }

  @AfterAll
  static void stop() {
    engine.close();
    server.close();
  }

  @Test
  void aRunPublishesAndItsRepetitionLeavesTheSame() throws IOException {
    Write[] writes = {
      rows.to(delta("mart/copy").overwrite(DAY).expect(unique("id"))),
      rows.select("day", "id", "name").orderBy("id").to(csv("export/copy").overwrite(DAY))
    };

    for (int time = 1; time <= 2; time++) {
      RunReport report = run(writes);

      assertThat(report.failure()).isEmpty();
      assertThat(report.published()).isEqualTo(RunReport.Published.ALL);
      assertThat(
              SPARK
                  .read()
                  .format("delta")
                  .load(lake + "/mart/copy")
                  .orderBy("id")
                  .toJSON()
                  .collectAsList())
          .containsExactly(
              "{\"id\":0,\"day\":\"2026-03-01\",\"name\":\"n0\"}",
              "{\"id\":2,\"day\":\"2026-03-01\",\"name\":\"n2\"}",
              "{\"id\":4,\"day\":\"2026-03-01\",\"name\":\"n4\"}");
      assertThat(text("export/copy/day=2026-03-01/copy.csv"))
          .isEqualTo("day,id,name\n2026-03-01,0,n0\n2026-03-01,2,n2\n2026-03-01,4,n4\n");
    }
  }

  @Test
  void aFailedCheckPublishesNothing() {
    RunReport report =
        run(
            rows.select("day", "'same' AS name")
                .to(delta("mart/refused").overwrite(DAY).expect(unique("name"))));

    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(SPARK.read().format("delta").load(lake + "/mart/refused").count()).isZero();
  }

  private static RunReport run(Write... writes) {
    return engine
        .compile(request(pipeline(writes)))
        .execute(new PublishGate(), ProgressListener.SILENT);
  }

  private static String text(String path) throws IOException {
    Path file = new Path(lake, path);
    try (InputStream in = LakeFiles.of(file, configuration).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
