package io.penstock.plan;

import io.penstock.spec.MessageRules;
import io.penstock.spec.Names;
import java.util.Optional;

/**
 * Something that makes a pipeline invalid: a stable code, the place, what and why, and how to fix
 * it.
 *
 * @param place operation and line, {@code aggregate (DailySales.java:35)}; empty when the problem
 *     is the whole pipeline's
 */
public record Problem(String code, Optional<String> place, String message, String fix) {
  public Problem {
    Names.identifier("a problem's code", code);
    Names.text("a problem's message", message);
    Names.text("a problem's fix", fix);
    MessageRules.hold(message, fix);
  }

  /** A problem of one node. */
  public static Problem at(Node node, String code, String message, String fix) {
    return new Problem(code, Optional.of(node.place()), message, fix);
  }

  /** A problem of one sink. */
  public static Problem at(Write write, String code, String message, String fix) {
    return new Problem(code, Optional.of(write.place()), message, fix);
  }

  /** A problem of the pipeline as a whole, or of what a run was given. */
  public static Problem ofPipeline(String code, String message, String fix) {
    return new Problem(code, Optional.empty(), message, fix);
  }

  /** The same problem at another place. */
  public Problem at(String other) {
    return new Problem(code, Optional.of(other), message, fix);
  }

  /** The problem in the form that users read: code and place, message, fix. */
  @Override
  public String toString() {
    return withoutFix() + "\n" + ("Fix: " + fix).indent(3).stripTrailing();
  }

  /** The same without the fix, for callers that print it elsewhere. */
  public String withoutFix() {
    return code
        + place.map(at -> " at " + at).orElse("")
        + "\n"
        + message.indent(3).stripTrailing();
  }
}
