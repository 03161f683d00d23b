package io.penstock.spark.outputs;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No output lies in another one, and no source of files lies in an output or contains one. */
@Tag("spark")
final class NestedOutputsTest {
  private static final Rows ROWS = read(csv("arrivals/rows").schema("id INT"));

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void makeALake() throws IOException {
    lake = new EngineLake(directory);
    lake.file("arrivals/rows/a.csv", "id\n1\n");
    lake.succeed(ROWS.to(delta("mart/grain").overwrite()), ROWS.to(csv("export/x").overwrite()));
    lake.table("area/below/table", "SELECT 1 AS id");
    lake.file("area/arrivals/b.csv", "id\n2\n");
    lake.file("mart/grain/arrivals/a.csv", "id\n1\n");
    Files.createSymbolicLink(lake.path("alias"), lake.path("mart/grain"));
    Files.createSymbolicLink(lake.path("shelf"), lake.path("mart"));
    Files.createDirectory(lake.path("linked"));
    Files.createSymbolicLink(lake.path("linked/inner"), lake.path("export"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mart/grain/detail",
        "mart/grain/of/all/details",
        "export/x/detail",
        "alias/detail",
        "shelf/grain/detail",
        "area",
        "area/below",
        "mart",
        "linked"
      })
  void anOutputInAnotherOneIsRefused(String path) {
    for (Write write :
        new Write[] {ROWS.to(delta(path).overwrite()), ROWS.to(csv(path).overwrite())}) {
      InvalidPipelineException refused = lake.invalid(write);

      assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
      assertThat(refused.problems()).extracting(Problem::code).contains("NESTED_OUTPUT");
    }
  }

  @Test
  void theEnclosingOutputIsNamed() {
    Problem problem = only(lake.invalid(ROWS.to(delta("alias/detail").overwrite())));

    assertThat(problem.message()).contains("'alias/detail'", "in the output 'alias'");
    assertThat(only(lake.invalid(ROWS.to(delta("shelf/grain/detail").overwrite()))).message())
        .contains("in the output 'shelf/grain'");
    assertThat(only(lake.invalid(ROWS.to(csv("area").overwrite()))).message())
        .contains("the output 'area/below/table' lies in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mart/other", "export/y", "mart/grain2", "fresh/deep/down", "area/new"})
  void outputsBesideOthersAreAllowed(String path) {
    assertThatCode(() -> lake.compile(ROWS.to(delta(path).overwrite()))).doesNotThrowAnyException();
  }

  @Test
  void anOutputIsTheSameByALink() {
    assertThat(
            lake.invalid(
                    ROWS.to(delta("mart/grain").overwrite()), ROWS.to(delta("alias").overwrite()))
                .problems())
        .extracting(Problem::code)
        .containsExactly("SAME_TARGET");
    assertThat(only(lake.invalid(read(delta("alias")).to(delta("mart/grain").overwrite()))).code())
        .isEqualTo("READS_WHAT_IT_REPLACES");
  }

  @Test
  void filesInAnOutputAreNotRead() {
    for (Rows rows :
        new Rows[] {
          read(parquet("mart/grain")),
          read(csv("mart/grain/arrivals").schema("id INT")),
          read(csv("alias/arrivals").schema("id INT")),
          read(csv("export/x").schema("id INT"))
        }) {
      assertThat(lake.invalid(rows.to(delta("mart/read").overwrite())).problems())
          .extracting(Problem::code)
          .contains("INPUT_IN_OUTPUT");
    }
  }

  @Test
  void aFolderOfFilesThatHoldsAnOutputIsNotRead() {
    Rows rows = read(csv("area").schema("id INT"));

    Problem problem = only(lake.invalid(rows.to(delta("mart/read").overwrite())));

    assertThat(problem.code()).isEqualTo("INPUT_HOLDS_OUTPUT");
    assertThat(problem.message()).contains(lake.path("area/below/table").toString());
  }

  private static Problem only(InvalidPipelineException invalid) {
    assertThat(invalid.problems()).hasSize(1);
    return invalid.problems().get(0);
  }
}
