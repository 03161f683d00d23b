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
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs in a lake that is not on this machine's disk. */
@Tag("spark")
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCAL")
final class DistributedLakeTest {
  private static final String[] PUBLISHED = {
    "{\"id\":0,\"day\":\"2026-03-01\",\"name\":\"n0\"}",
    "{\"id\":2,\"day\":\"2026-03-01\",\"name\":\"n2\"}",
    "{\"id\":4,\"day\":\"2026-03-01\",\"name\":\"n4\"}"
  };
  private static final String EXPORTED =
      "day,id,name\n2026-03-01,0,n0\n2026-03-01,2,n2\n2026-03-01,4,n4\n";

  private final SparkSession spark = SparkTestSession.spark();
  private final Rows rows = read(delta("raw/rows").partition(DAY));
  private final LakeFileSystem fileSystem;
  @TempDir private Path temporary;
  private String lake;
  private Engine engine;

  DistributedLakeTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @BeforeEach
  void fill() {
    lake = fileSystem.place(temporary).toString();
    engine =
        new SparkEngineProvider()
            .open(
                new EngineSettings(
                    lake, Optional.empty(), fileSystem.options(), EngineSettings.Logs.QUIET));
    spark
        .sql(
            "SELECT id, DATE'2026-03-01' + CAST(id % 2 AS INT) AS day, concat('n', id) AS name"
                + " FROM range(6)")
        .write()
        .format("delta")
        .partitionBy("day")
        .save(lake + "/raw/rows");
  }

  @AfterEach
  void close() {
    engine.close();
    fileSystem.options().keySet().forEach(spark.conf()::unset);
  }

  @Test
  void runsPublishAllOrNothingAndReplaceWhatWasThere() throws IOException {
    Write[] writes = {
      rows.to(delta("mart/copy").overwrite(DAY).expect(unique("id"))),
      rows.select("day", "id", "name").orderBy("id").to(csv("export/copy").overwrite(DAY))
    };
    for (int time = 1; time <= 2; time++) {
      RunReport report = run(writes);

      assertThat(report.failure()).isEmpty();
      assertThat(report.published()).isEqualTo(RunReport.Published.ALL);
      assertThat(table()).containsExactly(PUBLISHED);
      assertThat(export()).isEqualTo(EXPORTED);
    }

    RunReport refused =
        run(
            rows.select("id", "day", "upper(name) AS name").to(delta("mart/copy").overwrite(DAY)),
            rows.select("day", "id", "'same' AS name")
                .to(csv("export/copy").overwrite(DAY).expect(unique("name"))));

    assertThat(refused.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(table()).containsExactly(PUBLISHED);
    assertThat(export()).isEqualTo(EXPORTED);
  }

  private RunReport run(Write... writes) {
    return engine
        .compile(request(pipeline(writes)))
        .execute(new PublishGate(), ProgressListener.SILENT);
  }

  private List<String> table() {
    return spark
        .read()
        .format("delta")
        .load(lake + "/mart/copy")
        .orderBy("id")
        .toJSON()
        .collectAsList();
  }

  private String export() throws IOException {
    return fileSystem.text(
        new org.apache.hadoop.fs.Path(lake, "export/copy/day=2026-03-01/copy.csv"));
  }
}
