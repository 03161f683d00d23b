package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.testing.ProcessBudget;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** A JVM started by a test, as a scheduler would start it. Closing kills it. */
final class PenstockProcess implements AutoCloseable {
  private final Process process;

  /** The lines of stderr, read as they come so that the process never waits; empty at the end. */
  private final BlockingQueue<Optional<String>> errors = new LinkedBlockingQueue<>();

  private final StringBuilder account = new StringBuilder();

  private PenstockProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::readErrors, "stderr of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a main class.
   *
   * @param classPath where it finds its classes
   * @param command the main class and what it is given
   * @param executors that will run for it, in processes of their own
   */
  static PenstockProcess start(List<Path> classPath, List<String> command, int executors) {
    return start(List.of(), classPath, command, executors);
  }

  /**
   * Starts a main class in a process that is limited.
   *
   * @param limit the command that limits what is behind it, such as {@code prlimit --fsize=0}
   * @param classPath where it finds its classes
   * @param command the main class and what it is given
   */
  static PenstockProcess startWithin(
      List<String> limit, List<Path> classPath, List<String> command) {
    return start(limit, classPath, command, 0);
  }

  /**
   * Starts the launcher, which becomes the JVM.
   *
   * @param command as a user gives it
   */
  static PenstockProcess start(ProcessBuilder command) {
    return start(command, 1);
  }

  private static PenstockProcess start(
      List<String> limit, List<Path> classPath, List<String> command, int executors) {
    List<String> line = new ArrayList<>(limit);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + Repository.root().resolve("jobs/jvm.options"));
    // What makes a short process cheap; the launcher does the like.
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("CLASSPATH", joined(classPath));
    return start(builder, 1 + executors);
  }

  private static PenstockProcess start(ProcessBuilder builder, int processes) {
    try {
      return new PenstockProcess(ProcessBudget.start(builder, processes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits until the process says something on stderr, and returns the line that holds it. */
  String awaitLine(String part) throws InterruptedException {
    for (Optional<String> line = next(); line.isPresent(); line = next()) {
      if (line.orElseThrow().contains(part)) {
        return line.orElseThrow();
      }
    }
    throw new AssertionError("The process ended without saying '" + part + "':\n" + account);
  }

  /** Sends TERM, as a scheduler does. */
  void terminate() {
    // By its handle: the process's own method also closes the streams, which hold the outcome.
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Waits for the end. */
  Ended await() throws IOException, InterruptedException {
    String results = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    Optional<String> line = next();
    while (line.isPresent()) {
      line = next();
    }
    return new Ended(exitCode, results.lines().toList(), account.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private Optional<String> next() throws InterruptedException {
    Optional<String> line = errors.take();
    line.ifPresent(text -> account.append(text).append('\n'));
    return line;
  }

  private void readErrors() {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(line -> errors.add(Optional.of(line)));
    } catch (IOException | UncheckedIOException e) {
      errors.add(Optional.of("(stderr can't be read any more: " + e + ")"));
    } finally {
      errors.add(Optional.empty());
    }
  }

  /**
   * How a process ended.
   *
   * @param results the lines of its stdout
   * @param account all of its stderr
   */
  record Ended(int exitCode, List<String> results, String account) {}
}
