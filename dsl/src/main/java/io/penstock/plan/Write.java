package io.penstock.plan;

import io.penstock.spec.Sink;

/** Rows and where they go. */
public record Write(Node rows, Sink sink, Site site) {
  /** The write's name in messages. */
  public String operation() {
    return "to";
  }

  /** The write and its line, as messages name it: {@code to (Report.java:12)}. */
  public String place() {
    return operation() + " (" + site() + ")";
  }
}
