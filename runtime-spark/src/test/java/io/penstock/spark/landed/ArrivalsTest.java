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
import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spec.CsvSource;
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
import org.junit.jupiter.params.provider.EnumSource;
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
  @ValueSource(strings = {"", "_SUCCESS", ".a.csv.f2Xk3q", "_temporary/0/a.csv", "a.csv._COPYING_"})
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b.csv.filepart",
        "b.csv.1f3b9c.partial",
        "b.csv_.gstmp",
        "b.csv.tmp",
        "b.csv.part",
        "b.csv.gz.crdownload"
      })
  void aFolderInWhichAFileIsBeingDeliveredHasNotArrived(String file) {
    for (String day : new String[] {"2026-03-01", "2026-03-03"}) {
      lake.file("arrivals/visits/" + day + "/" + file, VISITS + "home,1\n");
    }

    InvalidPipelineException whole =
        lake.invalid(copied(read(csv("arrivals/visits").schema("page STRING"))));
    assertThat(whole.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(whole.failure().message())
        .contains("2026-03-01/" + file, "the file is still being delivered");
    for (int day : new int[] {1, 3}) {
      InvalidPipelineException unit =
          lake.invalid(request(pipeline(daily(visits())), Optional.of(march(day)), Map.of()));
      assertThat(unit.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
      assertThat(unit.missingInputs())
          .containsExactly(
              new MissingInput(new LakePath("arrivals/visits/{arrival}"), List.of(march(day))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.bak", "a.csv~", "a.csv.orig", "A.CSV.BAK"})
  void anEarlierVersionOfAFileIsRefused(String file) {
    lake.file("arrivals/visits/2026-03-01/" + file, VISITS + "home,1\n");

    Problem problem = lake.problem(read(csv("arrivals/visits/2026-03-01").schema("page STRING")));

    assertThat(problem.code()).isEqualTo("LEFTOVER_FILE");
    assertThat(problem.message()).contains("2026-03-01/" + file);
    assertThat(pages(csv("arrivals/visits/2026-03-01").schema("page STRING").files("*.csv")))
        .isEqualTo(3);
    assertThat(pages(csv("arrivals/visits/2026-03-01").schema("page STRING").files("*")))
        .isEqualTo(4);
  }

  @Test
  void aFileBesideItsCompressedFormIsRefused() {
    lake.file("arrivals/visits/2026-03-01/a.csv.gz", VISITS + "home,1\n");
    lake.file("arrivals/visits/2026-03-01/sub/a.csv", VISITS + "home,5\n");

    Problem problem = lake.problem(read(csv("arrivals/visits/2026-03-01").schema("page STRING")));

    assertThat(problem.code()).isEqualTo("LEFTOVER_FILE");
    assertThat(problem.message())
        .contains("2026-03-01/a.csv' more than once, compressed in different ways or not at all");
    assertThat(pages(csv("arrivals/visits/2026-03-01").schema("page STRING").files("*.csv")))
        .isEqualTo(4);
  }

  @Test
  void filesWithOtherEndingsAreLeftOutAndNamedByThePlan() {
    lake.file("arrivals/visits/2026-03-01/README.txt", "about\n");
    lake.file("arrivals/visits/2026-03-01/sub/B.CSV", VISITS + "home,5\n");
    lake.file("arrivals/visits/2026-03-01/noending", VISITS + "home,6\n");

    Rows pages = read(csv("arrivals/visits/2026-03-01").schema("page STRING"));
    RunPlan plan = lake.compile(copied(pages)).plan();

    assertThat(lake.engine().view(pages, Optional.empty()).count()).isEqualTo(4);
    assertThat(plan.inputs().get(0).leftOut())
        .containsExactly(
            "arrivals/visits/2026-03-01/README.txt", "arrivals/visits/2026-03-01/noending");
    assertThat(pages(csv("arrivals/visits/2026-03-01").schema("page STRING").files("no*")))
        .isEqualTo(1);
  }

  @Test
  void aFolderInWhichNoFileMatchesIsRefused() {
    lake.file("other/data.dat", VISITS + "home,1\n");
    lake.file("other/more.dat", VISITS + "home,1\n");

    Problem byEnding = lake.problem(read(csv("other").schema("page STRING").orEmpty()));
    Problem byName = lake.problem(read(csv("other").schema("page STRING").files("x*.dat")));

    assertThat(byEnding.code()).isEqualTo("NO_FILE_MATCHES");
    assertThat(byEnding.message())
        .isEqualTo(
            "Cannot read 'other' as csv: it holds 2 files, such as 'data.dat', and none ends in"
                + " .csv.");
    assertThat(byName.message()).endsWith("and none is named 'x*.dat'.");
    assertThat(pages(csv("other").schema("page STRING").files("{data,more}.dat"))).isEqualTo(2);
  }

  /** What each format reads without being told. */
  @ParameterizedTest
  @EnumSource(LandedFiles.class)
  void everyFormatHasItsEndings(LandedFiles format) {
    format.deliver(lake, "endings");
    lake.file("endings/other.xyz", "x\n");

    assertThat(lake.compile(copied(format.rows("endings"))).plan().inputs().get(0))
        .satisfies(
            input -> {
              assertThat(input.files()).isEqualTo(1);
              assertThat(input.leftOut()).containsExactly("endings/other.xyz");
            });
  }

  @Test
  void aLinkThatLeadsToNothingIsNamed() throws IOException {
    Files.createSymbolicLink(
        lake.path("arrivals/visits/2026-03-01/b.csv"), lake.path("arrivals/gone.csv"));

    Problem problem = lake.problem(read(csv("arrivals/visits").schema("page STRING")));

    assertThat(problem.code()).isEqualTo("LINK_DANGLING");
    assertThat(problem.message()).contains("2026-03-01/b.csv", "leads to nothing");
  }

  private long pages(CsvSource source) {
    return lake.engine().view(read(source), Optional.empty()).count();
  }

  private static Write daily(Rows rows) {
    return rows.select("page", "visitor")
        .with("day", "CAST(:from AS DATE)")
        .to(delta("mart/visits").overwrite(DAY));
  }

  private static Write copied(Rows rows) {
    return rows.to(csv("export/copied").overwrite());
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
