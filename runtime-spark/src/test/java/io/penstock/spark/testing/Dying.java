package io.penstock.spark.testing;

import io.penstock.spark.publication.Step;
import io.penstock.spark.publication.Steps;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;

/**
 * Lets an attempt die at a step: its thread stands still there for as long as anybody looks at the
 * lake, so that nothing behind the step happens, and nothing is closed or cleaned up.
 */
public final class Dying implements Steps {
  private final CountDownLatch burial = new CountDownLatch(1);
  private volatile BiPredicate<Step, String> end = Dying::never;
  private volatile CompletableFuture<Boolean> death = new CompletableFuture<>();

  /** The next attempt that reaches this step dies there. */
  public void dieAt(Step step, String subject) {
    dieWhen((reached, of) -> reached == step && of.equals(subject));
  }

  /** The next attempt dies at the step that answers. */
  public void dieWhen(BiPredicate<Step, String> step) {
    end = step;
  }

  /**
   * Runs an attempt to its death.
   *
   * @return whether it died; when it ended before, false
   */
  public boolean runUntilDeath(Runnable work) {
    CompletableFuture<Boolean> died = new CompletableFuture<>();
    death = died;
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                died.complete(false);
              } catch (Throwable e) {
                died.completeExceptionally(e);
              }
            },
            "penstock-dying");
    thread.setDaemon(true);
    thread.start();
    try {
      return died.join();
    } finally {
      end = Dying::never;
    }
  }

  @Override
  public void reached(Step step, String subject) {
    if (!end.test(step, subject)) {
      return;
    }
    end = Dying::never;
    death.complete(true);
    try {
      burial.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Buried();
  }

  /** Ends the threads that stand still: whatever they still do, nobody looks any more. */
  public void bury() {
    burial.countDown();
  }

  private static boolean never(Step step, String subject) {
    return false;
  }

  private static final class Buried extends Error {
    private static final long serialVersionUID = 1L;
  }
}
