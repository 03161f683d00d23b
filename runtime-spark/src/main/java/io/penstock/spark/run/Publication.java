package io.penstock.spark.run;

import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport.Published;
import java.util.List;

/** The written sinks of a run on their way to being visible, and how far they have come. */
final class Publication {
  private final List<PreparedSink> sinks;
  private int published;
  private boolean unknown;

  Publication(List<PreparedSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  List<PreparedSink> sinks() {
    return sinks;
  }

  /**
   * Publishes every sink in declared order; what comes after a failure is not published.
   *
   * @param gate asked before each try until one sink is published: from then on all are to be
   */
  void publish(PublishGate gate) {
    for (PreparedSink sink : sinks) {
      try {
        sink.publish(published == 0 ? gate::requireOpen : () -> {});
        published++;
      } catch (Exception e) {
        switch (sink.outcomeOf(e)) {
          case PUBLISHED -> published++;
          case UNKNOWN -> unknown = true;
          case NOT_PUBLISHED -> {
            // The count is right as it is.
          }
        }
        throw e;
      } catch (Error e) {
        // Out of memory behind the commit looks the same as before it.
        unknown = true;
        throw e;
      }
    }
  }

  /**
   * Gives up what was written and is neither published nor perhaps published.
   *
   * @param failure why the run ends, which matters more than what can't be cleaned up
   */
  void discardRest(Throwable failure) {
    int decided = published + (unknown ? 1 : 0);
    for (PreparedSink sink : sinks.subList(decided, sinks.size())) {
      try {
        sink.discard();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  Published extent() {
    if (unknown) {
      return Published.UNKNOWN;
    }
    if (published == 0) {
      return Published.NONE;
    }
    return published == sinks.size() ? Published.ALL : Published.PARTIAL;
  }
}
