package io.penstock.spark.publication;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * An attempt on a thread of its own that goes one step at a time. One that isn't let go on stands
 * still as a stopped process does; one that never is, is as good as killed: nothing behind the step
 * happens, nothing is closed or cleaned up.
 */
final class SteppedAttempt implements Steps, AutoCloseable {
  private final BlockingQueue<Optional<Step>> reached = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Boolean> permits = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private Optional<Throwable> failure = Optional.empty();
  private boolean begun;
  private boolean ended;
  private volatile boolean abandoned;
  private volatile boolean unstopped;

  /**
   * An attempt that has not begun.
   *
   * @param work what it does; gets the listener to tell of its steps
   */
  SteppedAttempt(Consumer<Steps> work) {
    this.thread = new Thread(() -> run(work), "penstock-attempt");
    thread.setDaemon(true);
  }

  private void run(Consumer<Steps> work) {
    Optional<Throwable> end = Optional.empty();
    try {
      work.accept(this);
    } catch (Throwable e) {
      end = Optional.of(e);
    }
    if (abandoned) {
      // Whatever it stumbled over on its way out, nobody waits for it.
      return;
    }
    failure = end;
    put(reached, Optional.empty());
  }

  /** Lets it go on to its next step; empty when it has ended. */
  Optional<Step> advance() {
    if (ended) {
      return Optional.empty();
    }
    if (begun) {
      put(permits, true);
    } else {
      begun = true;
      thread.start();
    }
    Optional<Step> step = take(reached);
    ended = step.isEmpty();
    return step;
  }

  /**
   * Lets it go on to its end, without a stop at its steps: each would be two changes of threads.
   */
  void finish() {
    unstopped = true;
    advance();
  }

  /** Lets it go on for so many steps, or to its end. */
  void advance(int steps) {
    for (int i = 0; i < steps && advance().isPresent(); i++) {
      // Counting is all.
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** Why it failed; empty as long as it goes on, and when it succeeded. */
  Optional<Throwable> failure() {
    return failure;
  }

  @Override
  public void reached(Step step, String subject) {
    if (abandoned) {
      throw new Abandoned();
    }
    if (unstopped) {
      return;
    }
    put(reached, Optional.of(step));
    if (!take(permits)) {
      throw new Abandoned();
    }
  }

  /** Ends the thread, when nobody looks at the lake any more. */
  @Override
  public void close() {
    if (begun && !ended) {
      ended = true;
      abandoned = true;
      put(permits, false);
      try {
        // On its way out it may still write: who removes the lake comes after it.
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("Interrupted while an attempt ends", e);
      }
    }
  }

  private static <T> void put(BlockingQueue<T> queue, T value) {
    try {
      queue.put(value);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted between two steps", e);
    }
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted between two steps", e);
    }
  }

  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;
  }
}
