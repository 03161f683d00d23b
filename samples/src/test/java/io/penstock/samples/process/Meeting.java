package io.penstock.samples.process;

import java.util.concurrent.locks.LockSupport;

/**
 * Where a process under test waits for the test: it says on stderr how far it has come, and goes no
 * further, so that a signal meets it there and nowhere else.
 */
final class Meeting {
  private static final String SIGN = "reached: ";

  private Meeting() {}

  /** The line that says that this place was reached. */
  static String sign(String place) {
    return SIGN + place;
  }

  /** Tells that the place was reached. */
  static void reach(String place) {
    System.err.println(sign(place));
  }

  /** Waits until the thread is interrupted, as an endless computation on the engine would. */
  static RuntimeException waitForInterrupt() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
    return new IllegalStateException("interrupted");
  }

  /** Waits whatever happens: a computation that doesn't listen. */
  static RuntimeException waitForever() {
    while (true) {
      LockSupport.park();
    }
  }

  /** Waits until the process has been told to stop. */
  static void waitForStop() {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("penstock-stop"))) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
