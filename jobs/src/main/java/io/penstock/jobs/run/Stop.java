package io.penstock.jobs.run;

import io.penstock.engine.Engine;
import io.penstock.engine.PublishGate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings the program to an end when it is told to: nothing begins to publish from then on, commits
 * that have begun finish, what is computed is cancelled, and the process ends even if the engine
 * doesn't.
 *
 * <p>The order matters. The gate closes first, so that nothing can slip through; the engine is
 * cancelled only after the commits under way, because a commit may need the engine.
 */
public final class Stop {

  /**
   * How long things may take, counted from the request.
   *
   * @param commits for commits that have begun
   * @param total for everything: then the process is ended
   * @param report for the final report, after the total
   * @param reportAfterTimeout for the final report when no signal was sent, so that no KILL will
   *     follow: on an overloaded machine it takes longer
   */
  public record Limits(
      Duration commits, Duration total, Duration report, Duration reportAfterTimeout) {
    /** Within the five seconds after which workflow tools send KILL. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMillis(3500),
            Duration.ofMillis(4000),
            Duration.ofMillis(500),
            Duration.ofSeconds(30));
  }

  private final Limits limits;
  private final Consumer<StopReason> halt;
  private final PublishGate gate = new PublishGate();
  private final CountDownLatch finished = new CountDownLatch(1);
  private Optional<StopReason> reason = Optional.empty();
  private long requestedAt;
  private volatile Optional<Engine> engine = Optional.empty();
  private volatile Consumer<StopReason> finalReport = given -> {};

  /**
   * @param halt ends the process at once; called when the program doesn't come to an end by itself
   */
  public Stop(Limits limits, Consumer<StopReason> halt) {
    this.limits = limits;
    this.halt = halt;
  }

  /** The gate that every run passes before it publishes. */
  public PublishGate gate() {
    return gate;
  }

  /** Why the program is to stop; empty while it may go on. */
  public synchronized Optional<StopReason> reason() {
    return reason;
  }

  /** How much of the time for everything is left, once the end was requested. */
  public synchronized Duration left() {
    return limits.total().minusNanos(System.nanoTime() - requestedAt);
  }

  /** Requests the end. The first reason counts. Returns at once; callable from a signal handler. */
  public synchronized void request(StopReason given) {
    if (reason.isPresent()) {
      return;
    }
    reason = Optional.of(given);
    requestedAt = System.nanoTime();
    gate.stop();
    daemon("penstock-stop", () -> end(given));
  }

  /** This engine is to be cancelled when the end is requested, or at once when it was already. */
  public void cancels(Engine opened) {
    boolean late;
    synchronized (this) {
      engine = Optional.of(opened);
      late = reason.isPresent();
    }
    if (late) {
      opened.stop();
    }
  }

  /** Called before the process is halted, to report what isn't finished. */
  public void beforeHalting(Consumer<StopReason> report) {
    finalReport = report;
  }

  /** The program has come to an end by itself: nothing is halted any more. */
  public void finished() {
    finished.countDown();
  }

  /** Halts in any case, unless the program ends by itself. */
  private void end(StopReason given) {
    boolean ended = false;
    try {
      ended = endsByItself();
      if (!ended) {
        // On a thread of its own, because whoever reads the report may have stopped reading.
        Duration patience =
            given == StopReason.TIMEOUT ? limits.reportAfterTimeout() : limits.report();
        daemon("penstock-final-report", () -> finalReport.accept(given)).join(patience.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        halt.accept(given);
      }
    }
  }

  private boolean endsByItself() throws InterruptedException {
    long deadline = System.nanoTime() + limits.total().toNanos();
    gate.awaitIdle(limits.commits());
    // On a thread of its own, because cancelling talks to an engine that may not answer.
    engine.ifPresent(running -> daemon("penstock-cancel", running::stop));
    return finished.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
