package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.MissingInput;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.plan.Write;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Map;

/** Tables that something outside has damaged: no retry mends them. */
@Tag("spark")
final class DamagedTableTest {
  private static final LakePath TABLE = new LakePath("raw/orders");
  private static final String LAST = "raw/orders/_delta_log/00000000000000000001.json";

  @TempDir private Path directory;
  private EngineLake lake;

  private final Write export =
      read(delta("raw/orders").partition(DAY)).to(csv("export/orders").overwrite(DAY));

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
    lake.table("raw/orders", "SELECT 2 AS id, DATE'2026-03-01' AS day", "day");
  }

  @Test
  void aDataFileThatWasDeletedIsNamedWithItsTableVersionAndUnit() throws IOException {
    Path file = dataFile();
    Files.delete(file);

    DamagedInputException damaged = damagedWhileReading();

    assertThat(damaged.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(damaged.failure().message())
        .isEqualTo(
            "Cannot read table 'raw/orders', version 1: its data file 'day=2026-03-01/"
                + file.getFileName()
                + "' is gone, although the table's log refers to it.");
    assertThat(damaged.lacking()).isEqualTo(new MissingInput(TABLE, List.of(march(1))));
  }

  @Test
  void aDataFileThatIsCutOffIsNamedToo() throws IOException {
    Path file = dataFile();
    Files.writeString(file, "PAR");
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));

    assertThat(damagedWhileReading().failure().message())
        .contains(file.getFileName() + "' is not whole");
  }

  @Test
  void aDataFileThatANewerVersionDoesNotNeedIsWorthARetry() throws IOException {
    var run = lake.compile(export);
    Files.delete(dataFile());
    lake.table("raw/orders", "SELECT 3 AS id, DATE'2026-03-01' AS day", "day");

    Failure failure =
        run.execute(new PublishGate(), ProgressListener.SILENT).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
    assertThat(failure.code()).isEqualTo("FILE_GONE");
  }

  @Test
  void aTableThatIsTakenAwayWhileItIsReadIsNoFaultOfTheProgram() throws IOException {
    var run = lake.compile(export);
    Files.move(lake.path("raw/orders"), lake.path("raw/away"));

    Failure failure =
        run.execute(new PublishGate(), ProgressListener.SILENT).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
    assertThat(failure.code()).isEqualTo("FILE_GONE");
  }

  @Test
  void aDataFileThatMayNotBeReadIsNotDamaged() {
    SparkException unreadable =
        new SparkException(
            "FAILED_READ_FILE.NO_HINT",
            new Map.Map1<>("path", dataFile().toUri().toString()),
            new FileNotFoundException(dataFile() + " (Permission denied)"));

    assertThat(DamagedTables.file(unreadable)).isEmpty();
    assertThat(Failures.of(unreadable).kind()).isEqualTo(FailureKind.NOT_PERMITTED);
  }

  @Test
  void aLogEntryThatIsCutOffIsNamedWithItsTable() throws IOException {
    Files.writeString(lake.path(LAST), "{\"add\":{\"pa");
    Files.deleteIfExists(lake.path("raw/orders/_delta_log/.00000000000000000001.json.crc"));

    DamagedInputException damaged = damagedWhenOpened();

    assertThat(damaged.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(damaged.failure().message())
        .isEqualTo(
            "Cannot open table 'raw/orders': the entry '00000000000000000001.json' of its log is"
                + " not whole.");
    assertThat(damaged.failure().fix()).contains("move the table's directory away");
    assertThat(damaged.lacking()).isEqualTo(new MissingInput(TABLE, List.of()));
  }

  @Test
  void aLogThatLacksAnEntryIsToldSoAlsoToWhoeverLooksAtTheTable() throws IOException {
    lake.table("raw/orders", "SELECT 3 AS id, DATE'2026-03-01' AS day", "day");
    Files.delete(lake.path(LAST));

    assertThat(damagedWhenOpened().failure().message())
        .isEqualTo(
            "Cannot open table 'raw/orders': its log lacks entries (Versions (0, 2) are not"
                + " contiguous).");
    assertThat(
            catchThrowableOfType(
                    DamagedInputException.class,
                    () ->
                        elsewhere()
                            .engine()
                            .lake()
                            .show(TABLE, Optional.empty(), 20, Optional.empty()))
                .failure()
                .code())
        .isEqualTo("TABLE_DAMAGED");
  }

  private Path dataFile() {
    return Path.of(URI.create(lake.rows("raw/orders").inputFiles()[0]));
  }

  private DamagedInputException damagedWhileReading() {
    Throwable cause = lake.run(export).failure().orElseThrow().cause().orElseThrow();
    assertThat(cause).isInstanceOf(DamagedInputException.class);
    return (DamagedInputException) cause;
  }

  private DamagedInputException damagedWhenOpened() throws IOException {
    return catchThrowableOfType(DamagedInputException.class, () -> elsewhere().compile(export));
  }

  /** In another place, because Delta remembers the log of a table by its path. */
  private EngineLake elsewhere() throws IOException {
    Path place = directory.resolve("elsewhere");
    if (!Files.exists(place)) {
      Files.createDirectory(place);
      Files.move(lake.path("raw"), place.resolve("raw"));
    }
    return new EngineLake(place);
  }
}
