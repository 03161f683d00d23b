package io.penstock.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.jobs.JobRegistry;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryEngine;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
  final Stop stop;
  private final Path directory;
  private Map<String, String> environment = Map.of();
  private Supplier<JobRegistry> jobs = Jobs::all;

  /** A program started in a directory that holds a lake, {@code data}. */
  Program(Path directory) {
    this(directory, new Stop(Stop.Limits.DEFAULT, reason -> {}));
  }

  /** A program that is ended in its own way. */
  Program(Path directory, Stop stop) {
    this.directory = directory;
    this.stop = stop;
  }

  Program with(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  Program with(Supplier<JobRegistry> registry) {
    jobs = registry;
    return this;
  }

  int run(String... arguments) {
    List<String> words = List.of(arguments);
    return CommandLineProgram.execute(
        words,
        new Surroundings(
            new Console(
                stream(out),
                stream(err),
                Console.Screen.LOG,
                CommandLineProgram.logs(words),
                Redaction.ofArguments(words)),
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

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
