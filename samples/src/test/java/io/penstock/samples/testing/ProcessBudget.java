package io.penstock.samples.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The only place that starts processes for tests. A process that runs Spark costs ten seconds, so
 * everything else runs in the JVM of the tests, and whoever needs one more has to save another.
 *
 * <p>The sixteen are: three tasks that are told to stop by TERM; one without memory and one without
 * space; spark-submit on one machine; spark-submit on a cluster, with the executor that the worker
 * starts for it; {@code samples/shell} with the JVM that jshell starts for its snippets; one more
 * of those for the session's verbs, whose Ctrl-C needs a JVM to attach to; four tasks in other
 * languages; and a check that finds what another process has accepted. The engine's tests start
 * four more, which run no Spark: the second of two that race for the versions of a table, and three
 * that are killed or stopped; two that compute the same on Spark; and a PostgreSQL. What is called
 * for an instant doesn't count.
 */
public final class ProcessBudget {
  private static final int PROCESSES = 16;
  private static final AtomicInteger STARTED = new AtomicInteger();

  private ProcessBudget() {}

  /**
   * Starts a process.
   *
   * @param processes how many there are of it, with those that it has started for itself
   */
  public static Process start(ProcessBuilder builder, int processes) throws IOException {
    spend(processes);
    return builder.start();
  }

  /** Starts a program that is no JVM and ends at once: it doesn't count. */
  public static Process startForAnInstant(ProcessBuilder builder) throws IOException {
    return builder.start();
  }

  /** Counts processes that a library is about to start. */
  public static void spend(int processes) {
    int started = STARTED.addAndGet(processes);
    if (started > PROCESSES) {
      throw new AssertionError(
          "Cannot start a process for a test: it would be number %s, and %s are allowed. Fix: run it in this JVM."
              .formatted(started, PROCESSES));
    }
  }
}
