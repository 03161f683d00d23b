package io.penstock.engine;

import java.time.Duration;

/**
 * Decides between publishing and stopping, for all runs of a process.
 *
 * <p>Whichever comes first wins: after {@link #stop} no run begins to publish; a run whose first
 * commit is made finishes the others. So a stopped process has published all outputs of a run, or
 * none.
 */
public final class PublishGate {
  private boolean stopped;
  private int publishing;
  private int publications;

  /**
   * Publishes, unless the process was told to stop.
   *
   * @param commits the commits of one run, from the first to the last
   * @throws RunFailedException of kind {@link FailureKind#STOPPED}, before anything is published
   */
  public void publish(Runnable commits) {
    enter();
    try {
      commits.run();
    } finally {
      leave();
    }
  }

  /** No run begins to publish from now on. */
  public synchronized void stop() {
    stopped = true;
  }

  /** Whether the process was told to stop. */
  public synchronized boolean isStopped() {
    return stopped;
  }

  /** How many runs have begun to publish so far, and perhaps ended. */
  public synchronized int publications() {
    return publications;
  }

  /**
   * Waits until no run is publishing.
   *
   * @return whether that happened within the time
   */
  public synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (publishing > 0) {
      long milliseconds = (deadline - System.nanoTime()) / 1_000_000;
      if (milliseconds <= 0) {
        return false;
      }
      wait(milliseconds);
    }
    return true;
  }

  /**
   * Throws if the process was told to stop; for use before work that would then be useless.
   *
   * @throws RunFailedException of kind {@link FailureKind#STOPPED}
   */
  public synchronized void requireOpen() {
    if (stopped) {
      throw RunFailedException.of(
          FailureKind.STOPPED,
          "STOPPED",
          "The run was told to stop before it published anything.",
          "run it again: it starts anew and replaces the same units.");
    }
  }

  private synchronized void enter() {
    requireOpen();
    publishing++;
    publications++;
  }

  private synchronized void leave() {
    publishing--;
    notifyAll();
  }
}
