package io.penstock.samples.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.ProcessBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documented command itself, with the snippets on its standard input. */
@Tag("process")
final class ShellScriptTest {
  /** Maven runs the tests of a module in the module's directory. */
  static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void theCommandOpensJshellWithEverythingImported() throws IOException, SQLException {
    String snippets =
        """
        Rows words = read(text("arrivals/books"))
        schema(words)
        run(new WordCount().pipeline())
        /exit
        """;
    Path output = folder.resolve("output");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path input = Files.writeString(folder.resolve("input"), snippets);
    ProcessBuilder command =
        new ProcessBuilder(
                REPOSITORY.resolve("samples/shell").toString(),
                "--lake",
                RawLake.samplePath().toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // A build inside of the build would take the class files from under the tests that run.
    command.environment().put("PENSTOCK_BUILT_CLASSPATH", System.getProperty("java.class.path"));
    command.environment().remove("PENSTOCK_SCRATCH");
    command
        .environment()
        .put("PENSTOCK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary);

    Process process = ProcessBudget.start(command, 2);
    try {
      assertThat(process.waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError("samples/shell did not end in time", e);
    } finally {
      process.destroyForcibly();
    }

    int words;
    try (RawLake raw = RawLake.sample()) {
      words = raw.wordCount().rows().size();
    }
    assertThat(Files.readString(output, StandardCharsets.UTF_8))
        .contains("Penstock on the lake " + RawLake.samplePath())
        .contains("value STRING")
        .contains(String.format(Locale.ROOT, "delta mart/word_count: %,d rows", words))
        .contains("Written to the scratch lake " + temporary.resolve("penstock-scratch-"));
    // The JVM of the snippets may outlive the prompt.
    Instant deadline = Instant.now().plusSeconds(60);
    while (!entries(temporary).isEmpty() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(entries(temporary)).as("what the session left behind").isEmpty();
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
