package io.penstock.jobs.shell;

import io.penstock.jobs.run.Stop;
import io.penstock.jobs.run.StopReason;
import java.util.function.Consumer;

/**
 * Work that Ctrl-C cancels.
 *
 * <p>jshell answers Ctrl-C by throwing an exception in the snippet's thread, wherever that thread
 * is, and knows nothing of what the engine computes. So the work is done on a thread of its own,
 * which the exception doesn't reach; the snippet's thread only waits, and when its wait is aborted
 * it requests the stop that a signal requests of a task.
 *
 * <p>It waits on a plain monitor, because the JVM itself cleans up a wait that an exception aborts:
 * a lock of java.util.concurrent would keep the aborted waiter in its queue, and wake that one
 * instead of the next.
 */
final class Cancellable {
  private final Object monitor = new Object();
  private final Stop stop;
  private boolean ended;

  private Cancellable(Runnable givenUp) {
    this.stop =
        new Stop(
            Stop.Limits.DEFAULT,
            reason -> {
              givenUp.run();
              end();
            });
  }

  /**
   * Does the work, and waits for its end, after a Ctrl-C too.
   *
   * @param work throws nothing; the stop tells it to end
   * @param givenUp called when the work doesn't end although it was told to
   */
  static void perform(Consumer<Stop> work, Runnable givenUp) {
    new Cancellable(givenUp).perform(work);
  }

  private void perform(Consumer<Stop> work) {
    Thread thread = new Thread(() -> run(work), "penstock-shell");
    thread.setDaemon(true);
    boolean waited = false;
    try {
      thread.start();
      await();
      waited = true;
    } catch (InterruptedException e) {
      // A jshell that interrupts asks for the same: what follows cancels the work.
    } finally {
      if (!waited) {
        cancel();
      }
    }
  }

  private void run(Consumer<Stop> work) {
    try {
      work.accept(stop);
    } finally {
      stop.finished();
      end();
    }
  }

  private void cancel() {
    // jshell leaves the flag set, and it would end the waiting of this snippet and of the next.
    Thread.interrupted();
    stop.request(StopReason.INTERRUPTED);
    try {
      await();
    } catch (InterruptedException e) {
      // A second Ctrl-C: the prompt comes back while the work is still being cancelled.
    }
  }

  private void await() throws InterruptedException {
    synchronized (monitor) {
      while (!ended) {
        monitor.wait();
      }
    }
  }

  private void end() {
    synchronized (monitor) {
      ended = true;
      monitor.notifyAll();
    }
  }
}
