package io.penstock.spark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs scripts in Python, which reads files independently of Java. */
public final class Python {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Python() {}

  /**
   * Runs a script.
   *
   * @param lines takes what it prints, in ASCII
   */
  public static void run(Consumer<String> lines, String script, String... arguments) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/usr/bin/env", "python3", "-c", script)
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.command().addAll(List.of(arguments));
      Process process = builder.start();
      try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
        out.lines().forEach(lines);
      }
      if (process.waitFor() != 0) {
        throw new AssertionError(
            "This proof needs Python 3.11 or newer as 'python3' on the PATH. Install it.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run Python", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Python reads", e);
    }
  }

  /**
   * Reads files by a script, which prints a line of JSON for each: its name, and what is in it.
   *
   * @return what is in each file, by its name
   */
  public static Map<String, JsonNode> files(String script, String... arguments) {
    Map<String, JsonNode> files = new HashMap<>();
    run(
        line -> {
          try {
            JsonNode file = JSON.readTree(line);
            files.put(file.get(0).asText(), file.get(1));
          } catch (IOException e) {
            throw new UncheckedIOException("Python printed no JSON", e);
          }
        },
        script,
        arguments);
    return files;
  }
}
