package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a path at which there is no table and no export. */
@Tag("spark")
class NothingToShowTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void open() {
    lake = new EngineLake(directory);
  }

  @Test
  void theGreatestLimitShowsAll() {
    lake.table("raw/few", "SELECT id FROM range(3)");

    Preview preview =
        lake.engine()
            .lake()
            .show(new LakePath("raw/few"), Optional.empty(), Integer.MAX_VALUE, Optional.empty());

    assertThat(preview.rows()).hasSize(3);
    assertThat(preview.more()).isFalse();
  }

  @Test
  void aMisspeltExportComesWithTheTablesAndTheExports() {
    lake.table("raw/orders", "SELECT 1 AS id");
    lake.succeed(read(delta("raw/orders")).to(csv("export/orders").overwrite()));

    Failure failure = failureOf("export/order");

    assertThat(lake.engine().lake().hasExport(new LakePath("export/orders"))).isTrue();
    assertThat(lake.engine().lake().hasExport(new LakePath("export/order"))).isFalse();

    assertThat(failure.message())
        .isEqualTo("There is no Delta table and no export at 'export/order'.");
    assertThat(failure.fix())
        .isEqualTo("did you mean 'export/orders'? Tables and exports: export/orders, raw/orders.");
  }

  @Test
  void filesAsTheyArrivedAreNeither() {
    lake.file("arrivals/orders/a.csv", "id\n1\n");

    assertThat(failureOf("arrivals/orders").message())
        .isEqualTo(
            "There is no Delta table and no export at 'arrivals/orders': what is there are files as"
                + " they arrived, or folders, which are not shown.");
  }

  @Test
  void anEmptyLakeSaysSo() {
    assertThat(failureOf("mart/sales").fix())
        .isEqualTo(
            "this lake has no tables and no exports yet: run one of the jobs that 'penstock list'"
                + " shows, or name another lake with --lake.");
  }

  private Failure failureOf(String path) {
    RunFailedException thrown =
        catchThrowableOfType(
            RunFailedException.class,
            () ->
                lake.engine()
                    .lake()
                    .show(new LakePath(path), Optional.empty(), 20, Optional.empty()));
    assertThat(thrown.failure().kind()).isEqualTo(FailureKind.USAGE);
    return thrown.failure();
  }
}
