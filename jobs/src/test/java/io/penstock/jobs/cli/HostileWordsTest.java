package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunNames;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryEngine;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.ShellWords;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a command line is a value, or is refused in words. */
class HostileWordsTest {
  private static final int VALUES = 10_000;
  private static final int AT_ONCE = 50;
  private static final int COMMANDS = 1_000;

  private static final List<Parameter> NOTES =
      IntStream.range(0, AT_ONCE).mapToObj(i -> Parameter.string("note_" + i)).toList();

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

  /** Of {@code show}: a usage error, or nothing there to show. */
  private static final Set<Integer> SHOWN = Set.of(64, 66, 78);

  private static final Set<Integer> REFUSED = Set.of(64);
  private static final Set<Integer> DONE = Set.of(0);

  @TempDir private Path directory;

  @Test
  void hostileValuesOfParametersArriveAsThemselves() {
    Random random = random("values of parameters");
    for (int i = 0; i < VALUES / AT_ONCE; i++) {
      Map<String, TypedValue> given = new LinkedHashMap<>();
      List<String> words = new ArrayList<>(List.of("run", "noted"));
      for (Parameter parameter : NOTES) {
        String value = text(random);
        given.put(parameter.name(), new TypedValue(ValueType.STRING, value));
        String pair = parameter.name() + "=" + value;
        words.addAll(random.nextBoolean() ? List.of("--param", pair) : List.of("--param=" + pair));
      }
      Program program = program().with(() -> JobRegistry.of(List.of(HostileWordsTest::noted)));

      assertThat(program.run(words.toArray(String[]::new)))
          .as("%s%n%s", words, program.err())
          .isZero();

      assertThat(program.engine.values()).isEqualTo(given);
    }
  }

  @Test
  void hostileWordsAreValuesOrUsageErrors() throws IOException {
    Random random = random("hostile words");
    List<Path> before = files();
    for (int i = 0; i < COMMANDS; i++) {
      Program program = program();
      Command command = command(random);

      int exitCode = program.run(command.words().toArray(String[]::new));

      assertThat(exitCode).as("%s%n%s", command.words(), program.err()).isIn(command.exitCodes());
      assertThat(program.err()).doesNotContain("\tat ").doesNotContain("Exception");
      // A word that begins with @ doesn't stand for what a file holds.
      assertThat(program.err()).doesNotContain("root:");
      if (exitCode == 0) {
        command.arrived().accept(program.engine);
      }
      if (command.words().get(0).equals("run")) {
        assertThat(program.lines()).last().satisfies(line -> assertOutcome(line, exitCode));
      }
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void hostileRunIdsAreRefusedOrNamesOfFiles() {
    Random random = random("ids of runs");
    List<String> accepted =
        Stream.generate(() -> text(random)).limit(VALUES).filter(RunNames::isRunId).toList();

    assertThat(accepted).isNotEmpty().hasSizeLessThan(VALUES);
    for (String id : accepted) {
      Path file = directory.resolve(id).normalize();
      assertThat(file.getParent()).isEqualTo(directory);
      assertThat(file.getFileName()).hasToString(id);
      assertThat(id.chars()).noneMatch(Character::isISOControl);
      assertThat(ShellWords.quoted(id)).as("a word of a shell, and no option").isEqualTo(id);
      assertThat(id).doesNotStartWith("-");
    }
  }

  private static Pipeline noted() {
    return Pipeline.named("noted")
        .parameters(NOTES.toArray(Parameter[]::new))
        .writes(read(delta("raw/products")).to(delta("mart/noted").overwrite()));
  }

  private Program program() {
    Program program = new Program(directory);
    program.lake.holding("raw/sales", Jobs.days("2026-03-01", 1)).holding("raw/products");
    return program;
  }

  /** The summary of a refused command, or the line of the only task. */
  private static void assertOutcome(JsonNode line, int exitCode) {
    assertThat(line.has("summary")).as(line.toString()).isEqualTo(exitCode != 0);
    assertThat(exitCode == 0 ? line.at("/status") : line.at("/summary/exitCode"))
        .hasToString(exitCode == 0 ? "\"SUCCEEDED\"" : String.valueOf(exitCode));
  }

  /**
   * What stands for a command line, and what may come of it.
   *
   * @param arrived looks, when it was accepted, at what the engine was given
   */
  private record Command(
      Set<Integer> exitCodes, Consumer<MemoryEngine> arrived, List<String> words) {
    static Command of(Set<Integer> exitCodes, String... words) {
      return new Command(exitCodes, engine -> {}, List.of(words));
    }
  }

  private static Command command(Random random) {
    String text = text(random);
    return switch (random.nextInt(9)) {
      case 0 -> Command.of(REFUSED, run("--param", text));
      case 1 -> Command.of(REFUSED, run("--param", text + "=1"));
      case 2 -> setting(text);
      case 3 -> Command.of(Set.of(0, 64), run("--lake", text));
      case 4 ->
          Command.of(
              text.equals("2026-03-01") ? DONE : REFUSED, "run", "daily-sales", "--date", text);
      case 5 -> Command.of(REFUSED, "run", "daily-sales", "--from", "2026-03-01", "--to", text);
      case 6 ->
          Command.of(
              text.equals("daily-sales") ? DONE : REFUSED, "run", text, "--date", "2026-03-01");
      case 7 -> Command.of(SHOWN, "show", text, "--rejected", text(random));
      default -> Command.of(REFUSED, text, text(random));
    };
  }

  private static Command setting(String text) {
    int end = text.indexOf('=');
    return end < 1
        ? Command.of(REFUSED, run("--conf", text))
        : new Command(
            DONE,
            engine ->
                assertThat(engine.opened().get(0).configuration())
                    .containsExactly(Map.entry(text.substring(0, end), text.substring(end + 1))),
            List.of(run("--conf", text)));
  }

  private static String[] run(String... options) {
    return Stream.concat(
            Stream.of("run", "daily-sales", "--date", "2026-03-01"), Stream.of(options))
        .toArray(String[]::new);
  }

  private static Random random(String what) {
    long seed = Long.getLong("penstock.seed", System.nanoTime());
    System.out.println("Seed of " + what + ": -Dpenstock.seed=" + seed);
    return new Random(seed);
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
