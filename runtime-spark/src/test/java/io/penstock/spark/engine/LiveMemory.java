package io.penstock.spark.engine;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures how much memory a work holds, by collecting garbage again and again while it runs. */
final class LiveMemory {
  private static final long PAUSE_MILLIS = 200;

  private LiveMemory() {}

  /** The bytes in use at once during a work, at the most, beyond those in use before. */
  static long during(Runnable work) {
    long before = inUse();
    AtomicBoolean ended = new AtomicBoolean();
    long[] most = {before};
    Thread watcher =
        new Thread(
            () -> {
              while (!ended.get()) {
                most[0] = Math.max(most[0], inUse());
                sleep();
              }
            },
            "live-memory");
    watcher.start();
    try {
      work.run();
    } finally {
      ended.set(true);
      join(watcher);
    }
    return most[0] - before;
  }

  private static long inUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
