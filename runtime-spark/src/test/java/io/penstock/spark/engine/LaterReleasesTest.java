package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.export.ExportReader;
import io.penstock.spark.export.PublishedExport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outputs that a later release has written, for those who only look at them: a contract is a matter
 * of those who replace units, and what a version holds is told by the version itself.
 */
@Tag("spark")
final class LaterReleasesTest {
  private static final LakePath TABLE = new LakePath("mart/report");
  private static final LakePath EXPORT = new LakePath("export/report");
  private static final String ENTRY =
      "export/report/_published/day=2026-03-01/0000000000000000001.json";

  @TempDir private Path directory;
  private EngineLake lake;
  private final Write table = read(delta("raw/rows")).to(delta("mart/report").overwrite(DAY));
  private final Write export = read(delta("raw/rows")).to(csv("export/report").overwrite(DAY));

  @BeforeEach
  void publish() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id, DATE'2026-03-01' AS day");
    lake.succeed(table, export);
  }

  @Test
  void aTableUnderALaterContractIsShownAndNotWritten() {
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/report` SET TBLPROPERTIES"
            + " ('penstock.contract.version' = '2', 'penstock.contract.keys' = 'id')");

    assertThat(shown(TABLE)).containsExactly(row("1", "2026-03-01"));
    assertThat(lake.engine().lake().isPresent(TABLE)).isTrue();
    assertRefused(table);
  }

  @Test
  void anExportUnderALaterContractIsReadAndNotWritten() {
    lake.file(
        "export/report/_published/contract/0000000000000000002.json",
        "{\"contractVersion\": 2, \"keys\": [\"id\"]}");

    assertThat(shown(EXPORT)).containsExactly(row("1", "2026-03-01"));
    assertThat(lake.engine().lake().hasExport(EXPORT)).isTrue();
    assertThat(lake.engine().lake().currentExports(EXPORT))
        .extracting(CurrentExport::partition)
        .containsExactly(List.of(new CurrentExport.PartitionValue("day", "2026-03-01")));
    assertThat(published())
        .singleElement()
        .satisfies(current -> assertThat(current.manifest().files().get(0).rows()).isEqualTo(1));
    assertRefused(export);
  }

  @Test
  void aVersionWithALaterManifestIsRefusedByEveryReader() {
    String manifest =
        "export/report/_versions/day=2026-03-01/"
            + lake.engine().lake().currentExports(EXPORT).get(0).runId()
            + "/manifest.json";
    replace(manifest, "\"manifestVersion\" : 2", "\"manifestVersion\" : 4");

    assertUnreadable("manifest.json: it is of version 4");
  }

  @Test
  void aLaterEntryIsRefusedByEveryReader() {
    replace(ENTRY, "\"entryVersion\" : 1", "\"entryVersion\" : 2");

    assertUnreadable("0000000000000000001.json: it is of version 2");
  }

  private void replace(String path, String known, String later) {
    String content = lake.content(path);
    assertThat(content).contains(known);
    lake.file(path, content.replace(known, later));
  }

  private void assertUnreadable(String message) {
    for (Callable<?> reading :
        List.<Callable<?>>of(
            () -> shown(EXPORT), () -> lake.engine().lake().currentExports(EXPORT))) {
      Failure failure = catchThrowableOfType(RunFailedException.class, reading::call).failure();

      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
      assertThat(failure.code()).isEqualTo("EXPORT_UNREADABLE");
      assertThat(failure.message()).contains(message);
    }
  }

  private void assertRefused(Write write) {
    assertThat(lake.invalid(write).problems())
        .extracting(Problem::code)
        .containsExactly("UNREADABLE_CONTRACT");
  }

  private List<PublishedExport> published() {
    return new ExportReader(new Configuration())
        .published(new org.apache.hadoop.fs.Path("file:" + lake.path("export/report")));
  }

  private List<List<Optional<String>>> shown(LakePath path) {
    return lake.engine().lake().show(path, Optional.empty(), 20, Optional.empty()).rows();
  }

  private static List<Optional<String>> row(String id, String day) {
    return List.of(Optional.of(id), Optional.of(day));
  }
}
