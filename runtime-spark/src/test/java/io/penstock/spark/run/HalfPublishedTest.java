package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.plan.Write;
import io.penstock.spark.delta.FaultyLogStore;
import io.penstock.spark.delta.FaultyLogStore.Fault;
import io.penstock.spark.files.LogStores;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails between two publications says how far it came, and a second run mends it. */
@Tag("spark")
final class HalfPublishedTest {
  @TempDir private Path directory;
  private EngineLake lake;

  private final Rows rows = read(delta("raw/orders").partition(DAY)).select("id", "day");
  private final Write[] writes = {
    rows.to(delta("mart/first").overwrite(DAY)), rows.to(delta("mart/second").overwrite(DAY))
  };

  @BeforeEach
  void publishADay() {
    lake = new EngineLake(directory);
    FaultyLogStore.install();
    lake.spark().conf().set(LogStores.ONLY_WRITER, "true");
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
    lake.succeed(writes);
    lake.table("raw/orders", "SELECT 2 AS id, DATE'2026-03-01' AS day", "day");
  }

  @AfterEach
  void restoreLogStore() {
    FaultyLogStore.uninstall();
    lake.spark().conf().unset(LogStores.ONLY_WRITER);
  }

  @Test
  void whatSpeaksAgainstTheSecondTableIsFoundBeforeTheFirstIsPublished() {
    RunReport report =
        runWith(() -> lake.sql("ALTER TABLE delta.`{lake}/mart/second` ADD COLUMNS (extra INT)"));

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure()).isPresent();
    assertSameRows(lake.sql("SELECT 1 AS id, DATE'2026-03-01' AS day"), lake.rows("mart/first"));
  }

  @Test
  void anExportThatIsNotPublishedStatesNoContract() {
    Write[] exportFirst = {rows.to(csv("export/first").overwrite(DAY)), writes[1]};

    RunReport report =
        lake.run(
            new PublishGate(),
            () -> lake.sql("ALTER TABLE delta.`{lake}/mart/second` ADD COLUMNS (extra INT)"),
            exportFirst);

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(lake.path("export/first/_published")).doesNotExist();
  }

  @Test
  void whatWasPublishedBeforeTheFailureIsTold() {
    RunReport report = runWith(() -> failSecondCommit(Fault.NOT_WRITTEN));

    assertThat(report.published()).isEqualTo(Published.PARTIAL);
    assertThat(report.failure()).isPresent();
    assertThat(report.outputs())
        .extracting(output -> output.version().isPresent())
        .containsExactly(true, false);
    assertSameRows(lake.sql("SELECT 2 AS id, DATE'2026-03-01' AS day"), lake.rows("mart/first"));
    assertSameRows(
        lake.sql("SELECT 1 AS id, DATE'2026-03-01' AS day"),
        lake.rows("mart/second").select("id", "day"));
  }

  @Test
  void anotherRunRollsForward() {
    RunReport half = runWith(() -> failSecondCommit(Fault.NOT_WRITTEN));
    assertThat(half.published()).isEqualTo(Published.PARTIAL);

    lake.succeed(writes);

    assertSameRows(lake.sql("SELECT 2 AS id, DATE'2026-03-01' AS day"), lake.rows("mart/second"));
  }

  @Test
  void whatCanNotBeFoundOutIsToldAsUnknown() {
    RunReport report = runWith(() -> failSecondCommit(Fault.STORE_LOST));

    assertThat(report.published()).isEqualTo(Published.UNKNOWN);
    assertThat(report.failure().orElseThrow().kind()).isNotEqualTo(FailureKind.BUG);
    assertThat(report.failure().orElseThrow().message()).contains("mart/second");
  }

  /** The first commit of the run succeeds. */
  private static void failSecondCommit(Fault fault) {
    FaultyLogStore.failNext(Fault.NONE, fault);
  }

  private RunReport runWith(Runnable beforePublishing) {
    return lake.run(new PublishGate(), beforePublishing, writes);
  }
}
