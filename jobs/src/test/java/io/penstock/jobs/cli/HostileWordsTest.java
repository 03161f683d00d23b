package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.Jobs;
import io.penstock.jobs.result.RunIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a command line is a value, or is refused in words. */
class HostileWordsTest {
  private static final int COMMANDS = 500;

  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "\\",
          "`",
          "‘",
          "＇",
          "\n",
          "\r",
          "\t",
          "\0",
          "\u001b[31m",
          "\u202e",
          "\ud83d",
          "' OR true --",
          "; DROP TABLE t",
          "/*",
          "*/",
          "--",
          "-",
          "@",
          "@/etc/passwd",
          "%",
          "%s",
          "%n",
          "%2e%2e%2f",
          "${sys:user.home}",
          "${env:PATH}",
          "$(id)",
          "../",
          "/..",
          "..",
          ".",
          "/",
          "/etc/passwd",
          "file:",
          "s3a://k:s@b/",
          "C:\\",
          "~",
          "*",
          "?",
          "{",
          "}",
          "[",
          "]",
          "=",
          ":",
          ",",
          "2026-03-01",
          "9999999999",
          "daily-sales",
          "a",
          "0",
          "é",
          "가",
          "😀",
          " ");

  @TempDir private Path directory;

  @Test
  void hostileWordsAreValuesOrUsageErrors() throws IOException {
    long seed = Long.getLong("penstock.seed", System.nanoTime());
    System.out.println("Seed of hostile words: -Dpenstock.seed=" + seed);
    Random random = new Random(seed);
    List<Path> before = files();
    for (int i = 0; i < COMMANDS; i++) {
      Program program = new Program(directory);
      program.engine.holding("raw/sales", Jobs.days("2026-03-01", 1)).holding("raw/products");
      String[] words = command(random);

      int exitCode = program.run(words);

      assertThat(exitCode).as("%s%n%s", List.of(words), program.err()).isIn(0, 64, 66, 78);
      assertThat(program.err()).doesNotContain("\tat ").doesNotContain("Exception");
      assertThat(words[0].equals("run") ? program.lines() : List.of()).doesNotContainNull();
      // A word that begins with @ doesn't stand for what a file holds.
      assertThat(program.err()).doesNotContain("root:");
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void hostileRunIdsAreRefusedOrNamesOfFiles() {
    Random random = new Random(20260301);
    for (int i = 0; i < 10_000; i++) {
      String text = text(random);
      if (RunIds.isRunId(text)) {
        assertThat(text).matches("[A-Za-z0-9._-]+").doesNotStartWith(".").doesNotStartWith("-");
      }
    }
  }

  private static String[] command(Random random) {
    String text = text(random);
    return switch (random.nextInt(10)) {
      case 0 -> run("--param", "note=" + text);
      case 1 -> run("--param", text);
      case 2 -> run("--param", text + "=1");
      case 3 -> run("--conf", text);
      case 4 -> run("--lake", text);
      case 5 -> new String[] {"run", "daily-sales", "--date", text};
      case 6 -> new String[] {"run", "daily-sales", "--from", "2026-03-01", "--to", text};
      case 7 -> new String[] {"run", text, "--date", "2026-03-01"};
      case 8 -> new String[] {"show", text, "--rejected", text(random)};
      default -> new String[] {text, text(random)};
    };
  }

  private static String[] run(String option, String value) {
    return new String[] {"run", "daily-sales", "--date", "2026-03-01", option, value};
  }

  private static String text(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(6))
        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
        .collect(Collectors.joining());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
