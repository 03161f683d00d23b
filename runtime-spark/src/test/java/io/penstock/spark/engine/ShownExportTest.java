package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.export.Exports;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.PublishedDays;
import io.penstock.spec.LakePath;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
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

  /** As in a pipeline: Spark would compare both as DOUBLE, in which neighbours are equal. */
  @Test
  void aPredicateThatLosesDigitsIsRefused() {
    publish(1, "SELECT DATE'2026-03-01' AS day, 9007199254740993L AS big, '07' AS code");

    for (String where :
        List.of("big = CAST(9007199254740992 AS DOUBLE) + 0", "code = 7", "big IN ('1.5')")) {
      Failure failure =
          catchThrowableOfType(RunFailedException.class, () -> show(20, Optional.of(where)))
              .failure();

      assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
      assertThat(failure.code()).isEqualTo("INVALID_PREDICATE");
      assertThat(failure.message())
          .contains("Cannot use --where \"" + where + "\": Cannot compare ")
          .contains(" exactly: Spark compares them as ");
    }
    assertThat(show(20, Optional.of("big = '9007199254740993' AND day = '2026-03-01'")).rows())
        .hasSize(1);
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

  @Test
  void whatTheLimitDoesNotNeedIsNotRead() {
    publish(1, "SELECT DATE'2026-03-01' AS day, id AS n FROM range(3)");
    publish(2, "SELECT DATE'2026-03-02' AS day, 2L AS n");
    lake.file("export/shown/_published/day=2026-03-02/0000000000000000001.json", "{");

    Preview shown = show(2, Optional.empty());

    assertThat(shown.rows()).hasSize(2);
    assertThat(shown.more()).isTrue();
    assertThatThrownBy(() -> show(3, Optional.empty())).isInstanceOf(RunFailedException.class);
    assertThatThrownBy(() -> show(2, Optional.of("n = 0"))).isInstanceOf(RunFailedException.class);
  }

  @Test
  void manyPartitionsAreShownWhole() {
    Exports exports = new Exports(new Configuration());
    for (int day = 0; day < 200; day++) {
      PublishedDays.publish(
          exports,
          lake.path("export/shown"),
          LocalDate.of(2026, 1, 1).plusDays(day).toString(),
          day < 150 ? List.of("n") : List.of("n", "name"),
          day < 150 ? day + "" : day + ",new");
    }

    Preview shown = show(1_000, Optional.of("n % 2 = 1"));

    assertThat(shown.columns()).containsExactly("n", "name");
    assertThat(shown.rows())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100)
                .map(i -> 2 * i + 1)
                .mapToObj(
                    n ->
                        List.of(
                            Optional.of(String.valueOf(n)),
                            n < 150 ? Optional.<String>empty() : Optional.of("new")))
                .toList());
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
    return show(20, Optional.empty());
  }

  private Preview show(int limit, Optional<String> where) {
    return lake.engine().lake().show(new LakePath("export/shown"), where, limit, Optional.empty());
  }
}
