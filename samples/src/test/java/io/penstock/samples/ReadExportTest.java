package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.ProcessBudget;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program in Python that the README shows reads what is published. */
class ReadExportTest {
  private static final Partition DAY = Partition.daily("day");
  private static final Path PROGRAM =
      RawLake.samplePath().resolveSibling("samples").resolve("read-export.py");

  private static final TestLake LAKE = TestLake.empty();

  @BeforeAll
  static void publishTwice() {
    for (int n = 1; n <= 2; n++) {
      LAKE.overwrite(
          "raw/numbers",
          "SELECT DATE '2026-03-01' AS day, id + %d00 AS n FROM range(3)".formatted(n));
      LAKE.penstock(List.of(parts()), "run", "numbers", "--date=2026-03-01").well();
    }
  }

  @Test
  void theFilesOfTheLatestVersionAreFoundInTheOrderOfTheirRows() throws Exception {
    Ran ran = readExport("export/numbers", "day=2026-03-01");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output().lines().map(Path::of))
        .extracting(ReadExportTest::content)
        .containsExactly(
            "day,n\n2026-03-01,200\n", "day,n\n2026-03-01,201\n", "day,n\n2026-03-01,202\n");
  }

  @Test
  void aFileThatIsNotWhatWasPublishedIsRefused() throws Exception {
    Path file =
        Path.of(
            readExport("export/numbers", "day=2026-03-01")
                .output()
                .lines()
                .findFirst()
                .orElseThrow());
    String published = content(file);
    try {
      Files.writeString(file, published.replace("200", "999"));

      Ran ran = readExport("export/numbers", "day=2026-03-01");

      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.output()).contains("Cannot use " + file, "isn't what its manifest says");
    } finally {
      Files.writeString(file, published);
    }
  }

  /** So small that every record is a part. */
  private static Job parts() {
    return () ->
        Pipeline.named("numbers")
            .writes(
                read(delta("raw/numbers"))
                    .orderBy("n")
                    .limit(3)
                    .to(csv("export/numbers").overwrite(DAY).partsOf("16 B")));
  }

  private record Ran(int exitCode, String output) {}

  private static Ran readExport(String export, String partition) throws Exception {
    Process process =
        ProcessBudget.startForAnInstant(
            new ProcessBuilder(
                    "/usr/bin/env",
                    "python3",
                    PROGRAM.toString(),
                    LAKE.root().resolve(export).toString(),
                    partition)
                .redirectErrorStream(true));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
