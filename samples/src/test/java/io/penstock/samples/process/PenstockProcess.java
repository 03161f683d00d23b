package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM started by a test, as a scheduler would start it. Closing kills it. */
final class PenstockProcess implements AutoCloseable {
  /** Nothing here takes that long; a process that hangs must not hold the build. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final BufferedReader errors;
  private final StringBuilder told = new StringBuilder();

  private PenstockProcess(Process process) {
    this.process = process;
    this.errors = process.errorReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a main class.
   *
   * @param classPath where it finds its classes
   * @param arguments the main class and what it is given, after further JVM flags
   */
  static PenstockProcess start(
      List<Path> classPath, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Repository.root().resolve("jobs/jvm.options"));
    // What makes a short process cheap; the launcher does the like.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder
        .environment()
        .put(
            "CLASSPATH",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    try {
      return new PenstockProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the process tells this on stderr. */
  void awaitLine(String line) throws IOException {
    for (String next = errors.readLine(); next != null; next = errors.readLine()) {
      told.append(next).append('\n');
      if (next.endsWith(line)) {
        return;
      }
    }
    throw new AssertionError("The process ended without telling '" + line + "':\n" + told);
  }

  /** Sends TERM, as a scheduler does. */
  void terminate() {
    // By its handle: the process's own method also closes the streams, which hold the outcome.
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Sends INT, as Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Waits for the end. */
  Ended await() throws IOException, InterruptedException {
    String results = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    errors.lines().forEach(line -> told.append(line).append('\n'));
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", told).isTrue();
    return new Ended(process.exitValue(), results.lines().toList(), told.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * How a process ended.
   *
   * @param results the lines of its stdout
   * @param account all of its stderr
   */
  record Ended(int exitCode, List<String> results, String account) {}
}
