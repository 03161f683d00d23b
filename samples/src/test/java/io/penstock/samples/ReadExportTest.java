package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.ProcessBudget;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Python program of the page reads what is published. */
@Tag("process")
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
          "SELECT DATE '2026-03-01' AS day, id + %s00 AS n FROM range(3)".formatted(n));
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

  @Test
  void whatIsNotPublishedIsToldInWords() throws Exception {
    Ran ran = readExport("export/numbers", "day=2026-03-02");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.output())
        .startsWith("Nothing is published of ")
        .contains("export/numbers, day=2026-03-02. Name a partition that is, or run its job.")
        .doesNotContain("Traceback");
  }

  /** The entry is a named pipe, so that it is read after its version has been cleaned up. */
  @Test
  void aReaderThatIsOvertakenLooksAgain() throws Exception {
    Path entries = LAKE.root().resolve("export/numbers/_published/day=2026-03-01");
    Path overtaken = entries.resolve("0000000000000000009.json");
    ProcessBuilder makePipe = new ProcessBuilder("mkfifo", overtaken.toString());
    assertThat(ProcessBudget.startForAnInstant(makePipe).waitFor()).isZero();
    Process process = start("export/numbers", "day=2026-03-01");
    try (OutputStream entry = Files.newOutputStream(overtaken, StandardOpenOption.WRITE)) {
      Files.delete(overtaken);
      entry.write("{\"entryVersion\": 1, \"epoch\": 9, \"runId\": \"gone\"}".getBytes(UTF_8));
    }

    Ran ran = ended(process);

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output().lines()).hasSize(3);
  }

  /** Parts so small that each holds one record. */
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
    return ended(start(export, partition));
  }

  private static Process start(String export, String partition) throws IOException {
    return ProcessBudget.startForAnInstant(
        new ProcessBuilder(
                "/usr/bin/env",
                "python3",
                PROGRAM.toString(),
                LAKE.root().resolve(export).toString(),
                partition)
            .redirectErrorStream(true));
  }

  private static Ran ended(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
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
