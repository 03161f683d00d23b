package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves of its outputs when it ends without publishing them. */
@Tag("spark")
final class GivenUpOutputTest {
  private static final String VERSIONS = "export/report/_versions/day=2026-03-01";

  @TempDir private Path directory;
  private EngineLake lake;
  private final PublishGate gate = new PublishGate();
  private final Rows rows = read(delta("raw/orders").partition(DAY)).select("id", "day");
  private final Write table = rows.to(delta("mart/report").overwrite(DAY));
  private final Write export = rows.to(csv("export/report").overwrite(DAY));

  @BeforeEach
  void anInput() {
    lake = new EngineLake(directory);
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
  }

  @Test
  void aRunThatIsStoppedBeforeItPublishesLeavesNoExport() {
    RunReport report = run(gate::stop, table, export);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.STOPPED);
    assertThat(lake.path(VERSIONS)).isEmptyDirectory();
  }

  @Test
  void aRunThatFailsBetweenTwoSinksLeavesNoExport() {
    lake.succeed(table);

    RunReport report =
        run(
            () -> lake.sql("ALTER TABLE delta.`{lake}/mart/report` ADD COLUMNS (extra INT)"),
            table,
            export);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.TRY_AGAIN);
    assertThat(lake.path(VERSIONS)).isEmptyDirectory();
  }

  @Test
  void anExportWhoseFileSomebodyRemovedIsTriedAgain() {
    RunReport report = run(this::removeStagedFiles, export);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.TRY_AGAIN);
              assertThat(failure.code()).isEqualTo("FILE_GONE");
              assertThat(failure.message()).contains("report.csv");
            });
  }

  @Test
  void newColumnsThatACheckRefusedAreNotInTheTable() {
    lake.succeed(table);
    long version = lake.version("mart/report");
    Rows widened = rows.with("twice", "id * 2").expect(satisfies("twice < 2"));

    RunRequest request =
        request(pipeline(widened.to(delta("mart/report").overwrite(DAY).allowNewColumns())));
    RunReport report = lake.run(request);

    assertThat(report.failure().orElseThrow().code()).isEqualTo("CHECK_FAILED");
    assertThat(lake.version("mart/report")).isEqualTo(version);
    assertThat(lake.rows("mart/report").columns()).containsExactly("id", "day");
    assertThat(
            lake.engine()
                .lake()
                .show(
                    new LakePath("mart/report"), Optional.empty(), 20, Optional.of(request.runId()))
                .columns())
        .containsExactly("id", "day", "twice");
  }

  private void removeStagedFiles() {
    try (Stream<Path> files = Files.walk(lake.path(VERSIONS))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".csv")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunReport run(Runnable beforePublishing, Write... writes) {
    return lake.run(gate, beforePublishing, writes);
  }
}
