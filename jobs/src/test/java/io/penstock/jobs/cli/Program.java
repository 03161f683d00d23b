package io.penstock.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryEngine;
import io.penstock.jobs.MemoryLake;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The program within a test: its streams are kept, and it never ends the process. */
final class Program {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final MemoryEngine engine = new MemoryEngine();
  final MemoryLake lake = engine.lake();
  final Stop stop;
  private final Path directory;
  private OutputStream results = out;
  private Map<String, String> environment = Map.of();
  private Supplier<JobRegistry> jobs = Jobs::all;

  /** A program started in a directory where it finds a lake, {@code data}. */
  Program(Path directory) {
    this(directory, new Stop(Stop.Limits.DEFAULT, reason -> {}));
  }

  /** A program that is ended in its own way. */
  Program(Path directory, Stop stop) {
    this.directory = directory;
    this.stop = stop;
    makeDirectory("data");
  }

  /** Makes a directory, for another lake or for results. */
  Path makeDirectory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Program with(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  Program with(Supplier<JobRegistry> registry) {
    jobs = registry;
    return this;
  }

  /** Whoever should read stdout has closed it. */
  Program withClosedResults() {
    results =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    return this;
  }

  int run(String... arguments) {
    List<String> words = List.of(arguments);
    return CommandLineProgram.execute(
        words,
        new CliContext(
            new Console(
                stream(results),
                stream(err),
                Console.Screen.LOG,
                CommandLineProgram.logs(words),
                Redaction.of(words, Map.of(), environment)),
            jobs,
            () -> engine,
            environment,
            directory,
            Clock.fixed(Instant.parse("2026-03-02T03:15:02.417Z"), ZoneOffset.UTC),
            stop));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The lines of stdout, each a JSON document. */
  List<JsonNode> lines() {
    return out().lines().map(Program::json).toList();
  }

  /** The jobs of the lines, in their order. */
  List<String> jobs() {
    return lines().stream()
        .filter(line -> line.has("job"))
        .map(l -> l.get("job").asText())
        .toList();
  }

  /** The content of {@code result.json}, as {@code --result-file} names it. */
  JsonNode resultFile() {
    try {
      return json(Files.readString(directory.resolve("result.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  /** A text as it stands in JSON, without the quotes. */
  static String quotedAsJson(String text) {
    String quoted = TextNode.valueOf(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static PrintStream stream(OutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
