package io.penstock.spark.sink;

import io.penstock.spec.Sink;

/** The handlers of the sinks of one compilation. */
@FunctionalInterface
public interface SinkHandlers {
  SinkHandler of(Sink sink);
}
