package io.penstock.engine;

import io.penstock.spec.MessageRules;
import io.penstock.spec.Names;
import java.util.Optional;

/**
 * Why a run failed, for people and for programs.
 *
 * @param code stable, in capitals
 * @param fix what to do about it
 * @param cause what the engine saw, for the verbose log
 */
public record Failure(
    FailureKind kind, String code, String message, String fix, Optional<Throwable> cause) {
  public Failure {
    Names.identifier("a failure's code", code);
    Names.text("a failure's message", message);
    Names.text("a failure's fix", fix);
    MessageRules.hold(message, fix);
  }

  public Failure(FailureKind kind, String code, String message, String fix) {
    this(kind, code, message, fix, Optional.empty());
  }

  /** The same failure, with what caused it. */
  public Failure causedBy(Throwable throwable) {
    return new Failure(kind, code, message, fix, Optional.of(throwable));
  }
}
