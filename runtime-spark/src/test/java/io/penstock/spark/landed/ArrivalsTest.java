package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder has arrived when it holds a complete file; incomplete files are never read. */
@Tag("spark")
final class ArrivalsTest {
  private static final String VISITS = "page,visitor\n";

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void deliver() throws IOException {
    lake = new EngineLake(directory);
    lake.file("arrivals/visits/2026-03-01/a.csv", VISITS + "home,1\nhome,2\ncart,1\n");
    lake.file("arrivals/visits/2026-03-02/a.csv", VISITS + "home,3\ncart,9\n");
    Files.createDirectories(lake.path("arrivals/visits/2026-03-03"));
    lake.file("arrivals/visits/2026-03-04/a.csv", VISITS + "home,1\n");
    lake.file("arrivals/visits/2026-03-04/b.csv._COPYING_", VISITS + "home,1\nhome,7\n");
  }

  @Test
  void aFileThatIsStillBeingCopiedIsNotRead() {
    assertThat(count(4)).isEqualTo(1);
    assertThat(count(1)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_SUCCESS",
        ".a.csv.f2Xk3q",
        "_temporary/0/a.csv",
        "a.csv._COPYING_",
        "a.csv.filepart",
        "a.csv.1f3b9c.partial",
        "a.csv_.gstmp",
        "a.csv.tmp"
      })
  void aFolderWithoutACompleteFileHasNotArrived(String file) {
    if (!file.isEmpty()) {
      lake.file("arrivals/visits/2026-03-03/" + file, VISITS + "home,1\n");
    }
    InvalidPipelineException missing =
        lake.invalid(
            request(
                pipeline(
                    visits()
                        .select("page", "visitor")
                        .with("day", "CAST(:from AS DATE)")
                        .to(delta("mart/visits").overwrite(DAY))),
                Optional.of(march(3)),
                Map.of()));

    assertThat(missing.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(missing.missingInputs())
        .containsExactly(
            new MissingInput(new LakePath("arrivals/visits/{arrival}"), List.of(march(3))));
    assertThat(missing.problems().get(0).message())
        .startsWith(
            "Cannot read 'arrivals/visits/{arrival}': no file has arrived for arrival=2026-03-03"
                + " yet.");
    assertThat(lake.path("mart")).doesNotExist();
  }

  @Test
  void aSourceWithoutUnitsNeedsAFileToo() throws IOException {
    Files.createDirectories(lake.path("arrivals/prices"));
    for (String folder : new String[] {"arrivals/prices", "arrivals/none"}) {
      InvalidPipelineException missing =
          lake.invalid(read(csv(folder).schema("id INT")).to(delta("mart/prices").overwrite()));
      assertThat(missing.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
      assertThat(missing.missingInputs())
          .containsExactly(new MissingInput(new LakePath(folder), List.of()));
    }
    assertThat(
            lake.engine()
                .view(read(csv("arrivals/prices").schema("id INT").orEmpty()), Optional.empty())
                .count())
        .isZero();
  }

  @Test
  void aFileWithNothingButItsHeaderHasArrived() {
    lake.file("arrivals/visits/2026-03-03/a.csv", VISITS);
    assertThat(count(3)).isZero();
  }

  private static Rows visits() {
    return read(
        csv("arrivals/visits/{arrival}")
            .schema("page STRING, visitor INT")
            .partition(Partition.daily("arrival")));
  }

  private long count(int day) {
    return lake.engine().view(visits(), Optional.of(march(day))).count();
  }
}
