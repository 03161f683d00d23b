package io.penstock.engine;

import io.penstock.spec.MessageRules;
import io.penstock.spec.Names;
import java.util.Optional;

/**
 * Why a run failed, for people and for programs.
 *
 * @param code stable, in capitals
 * @param hint what to do about it
 * @param cause what the engine saw, for the verbose log
 */
public record Failure(
    FailureKind kind, String code, String message, String hint, Optional<Throwable> cause) {
  public Failure {
    Names.identifier("a failure's code", code);
    Names.text("a failure's message", message);
    Names.text("a failure's hint", hint);
    MessageRules.hold(message, hint);
  }

  public Failure(FailureKind kind, String code, String message, String hint) {
    this(kind, code, message, hint, Optional.empty());
  }

  /** The same failure, with what caused it. */
  public Failure causedBy(Throwable throwable) {
    return new Failure(kind, code, message, hint, Optional.of(throwable));
  }
}
