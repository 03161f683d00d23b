package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at an export whose partitions are of different ages, or damaged. */
@Tag("spark")
class ShownExportTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void open() {
    lake = new EngineLake(directory);
  }

  @Test
  void aPartitionThatIsOlderThanAColumnShowsNull() {
    publish(1, "SELECT DATE'2026-03-01' AS day, 1 AS n");
    publish(2, "SELECT DATE'2026-03-02' AS day, 2 AS n, 'new' AS name");

    Preview shown = show();

    assertThat(shown.columns()).containsExactly("day", "n", "name");
    assertThat(shown.rows())
        .containsExactly(
            List.of(Optional.of("2026-03-01"), Optional.of("1"), Optional.empty()),
            List.of(Optional.of("2026-03-02"), Optional.of("2"), Optional.of("new")));
  }

  @Test
  void whatIsOfDifferentTypesIsShownAsText() {
    publish(1, "SELECT DATE'2026-03-01' AS day, DATE'2025-12-31' AS v");
    publish(2, "SELECT DATE'2026-03-02' AS day, true AS v");

    Preview shown = show();

    assertThat(shown.types()).containsExactly("DATE", "STRING");
    assertThat(shown.rows())
        .extracting(row -> row.get(1).orElseThrow())
        .containsExactly("2025-12-31", "true");
  }

  @Test
  void aDamagedExportIsNoFaultOfTheProgram() {
    publish(1, "SELECT DATE'2026-03-01' AS day, 1 AS n");
    lake.file("export/shown/_published/day=2026-03-01/0000000000000000001.json", "{");

    Failure failure = catchThrowableOfType(RunFailedException.class, this::show).failure();

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("EXPORT_UNREADABLE");
    assertThat(failure.message()).contains("0000000000000000001.json: it is damaged");
  }

  private void publish(int day, String query) {
    lake.table("raw/rows" + day, query);
    lake.succeed(
        request(
            pipeline(read(delta("raw/rows" + day)).to(csv("export/shown").overwrite(DAY))),
            Optional.of(march(day)),
            Map.of()));
  }

  private Preview show() {
    return lake.engine()
        .lake()
        .show(new LakePath("export/shown"), Optional.empty(), 20, Optional.empty());
  }
}
