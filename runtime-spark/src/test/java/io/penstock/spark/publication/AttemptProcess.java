package io.penstock.spark.publication;

import io.delta.storage.LogStore;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.publication.PlainLake.Checks;
import io.penstock.spark.publication.PlainLake.Content;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Attempts in a process of their own, which can be stopped and killed as processes are. */
final class AttemptProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  /** How a process goes through the steps of an attempt. */
  enum Pace {
    /** It says each step and waits until it is told to go on. */
    STEP_BY_STEP,
    /** One attempt after another, as fast as it can, until it is killed. */
    ENDLESS
  }

  private AttemptProcess(Process process) {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a process that makes attempts at a day.
   *
   * @param runId of the attempt; of endless ones, what their names begin with
   */
  static AttemptProcess start(Path root, String runId, String day, int lines, Pace pace) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AttemptProcess.class.getName());
    command.addAll(List.of(root.toString(), runId, day, Integer.toString(lines), pace.name()));
    try {
      return new AttemptProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process: root, run id, day, number of lines, pace. */
  public static void main(String[] arguments) throws IOException {
    LogStore store = new LocalLogStore(new Configuration(false));
    PlainLake lake =
        new PlainLake(Path.of(arguments[0]), store, Clock.systemUTC(), PlainLake.TABLES);
    int lines = Integer.parseInt(arguments[3]);
    if (Pace.valueOf(arguments[4]) == Pace.ENDLESS) {
      endWithParent();
      for (int number = 0; ; number++) {
        String runId = arguments[1] + "-" + number;
        lake.recover(arguments[2], Steps.IGNORED);
        lake.run(runId, arguments[2], new Content(runId, lines), Checks.PASS, Steps.IGNORED);
        System.out.println(runId);
      }
    }
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Steps waiting =
        (step, subject) -> {
          System.out.println(step);
          try {
            told.readLine();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try {
      lake.run(arguments[1], arguments[2], new Content(arguments[1], lines), Checks.PASS, waiting);
      System.out.println("PUBLISHED BY " + arguments[1]);
    } catch (RuntimeException e) {
      System.out.println("FAILED " + e.getClass().getSimpleName());
    }
  }

  /** Nobody kills a process whose parent was killed before. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is said to it; the end of it is what it waits for.
                }
              } catch (IOException e) {
                // As good as the end.
              }
              Runtime.getRuntime().halt(1);
            },
            "penstock-parent");
    watch.setDaemon(true);
    watch.start();
  }

  /** The next thing it says: a step, or how it ended. */
  String next() {
    try {
      return said.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it take the step that it waits before. */
  void goOn() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it go through so many steps; it waits behind the last one. */
  void advance(int steps) {
    for (int i = 0; i < steps; i++) {
      if (i > 0) {
        goOn();
      }
      next();
    }
  }

  /** Lets it go on to its end. */
  String finish() {
    String last = "";
    while (!last.startsWith("PUBLISHED BY") && !last.startsWith("FAILED")) {
      goOn();
      last = next();
    }
    return last;
  }

  /** SIGSTOP. */
  void stop() {
    signal("-STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      Process sender =
          new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start();
      if (sender.waitFor() != 0) {
        throw new IllegalStateException("kill " + signal + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while sending a signal", e);
    }
  }

  /** SIGKILL. */
  void kill() {
    // Not by Process, which would throw away what the process has said.
    if (process.isAlive()) {
      signal("-KILL");
    }
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("The process outlives SIGKILL");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a process dies", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
