package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.AcceptedCheck;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunReport.Status;
import io.penstock.engine.RunRequest;
import io.penstock.plan.StatedCheck;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that may fail doesn't keep a run from publishing, and everything says so. */
@Tag("spark")
final class AcceptedChecksTest {
  @TempDir private Path directory;
  private EngineLake lake;
  private Pipeline pipeline;

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/x", "SELECT id FROM range(3)");
    pipeline =
        pipeline(
            read(delta("raw/x"))
                .expect(satisfies("id < 9"), unique("id"))
                .to(delta("mart/x").overwrite().expect(rows(atLeast(5)))),
            read(delta("raw/x")).to(csv("export/x").overwrite().expect(rows(atLeast(5)))));
  }

  private RunRequest accepting(String... names) {
    RunRequest plain = request(pipeline);
    List<AcceptedCheck> accepted =
        StatedCheck.of(pipeline.writes()).stream()
            .filter(check -> Stream.of(names).anyMatch(check::isNamed))
            .map(
                check ->
                    new AcceptedCheck(check.expectation().name(), check.place(), "a feast day"))
            .toList();
    return new RunRequest(
        pipeline, plain.unit(), plain.arguments(), plain.runId(), plain.startedAt(), accepted);
  }

  @Test
  void whatFailsAndIsAcceptedIsPublishedWithItsReason() throws IOException {
    RunReport report = lake.run(accepting("rows(atLeast(5))", "satisfies(id < 9)"));

    assertThat(report.failure()).isEmpty();
    assertThat(report.published()).isEqualTo(Published.ALL);
    assertThat(report.checks())
        .extracting(RunReport.Check::status)
        .containsExactly(Status.PASSED, Status.PASSED, Status.ACCEPTED, Status.ACCEPTED);
    assertThat(report.checks())
        .extracting(check -> check.accepted().orElse("-"))
        .containsExactly("a feast day", "-", "a feast day", "a feast day");
    assertThat(lake.rows("mart/x").count()).isEqualTo(3);
    String stamp =
        lake.sql("DESCRIBE HISTORY delta.`{lake}/mart/x` LIMIT 1").head().getAs("userMetadata");
    assertThat(stamp).contains("\"accepted\":{", "rows(atLeast(5)) at to (", "a feast day");
    try (Stream<Path> files = Files.walk(lake.path("export/x"))) {
      Path manifest =
          files.filter(path -> path.endsWith("manifest.json")).findFirst().orElseThrow();
      assertThat(Files.readString(manifest)).contains("\"accepted\"", "a feast day");
    }
  }

  @Test
  void aCheckThatNobodyAcceptsStillRefusesEverything() {
    String place = StatedCheck.of(pipeline.writes()).get(2).qualifiedName();
    RunReport report = lake.run(accepting(place));

    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.checks())
        .extracting(RunReport.Check::status)
        .containsExactly(Status.PASSED, Status.PASSED, Status.ACCEPTED, Status.FAILED);
    assertThat(report.failure().orElseThrow().message()).doesNotContain(place);
  }

  @Test
  void aRunThatAcceptsNothingLeavesNoTraceOfIt() {
    lake.table("raw/x", "SELECT id FROM range(5)");
    lake.succeed(request(pipeline));
    String stamp =
        lake.sql("DESCRIBE HISTORY delta.`{lake}/mart/x` LIMIT 1").head().getAs("userMetadata");

    assertThat(stamp).doesNotContain("accepted");
  }

  @Test
  void aKeyIsNotAccepted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accepting("unique(id)"))
        .withMessageContaining("has no such check, or none that may fail");
  }
}
