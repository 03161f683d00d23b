package io.penstock.engine;

import java.util.Optional;

/**
 * A failure on its way to whoever reports it. It keeps all of it where it is sent from one process
 * to another.
 *
 * <p>A subclass is there where somebody catches it; what else there is to know stands in the
 * failure.
 */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 2L;
  private final FailureKind kind;
  private final String code;
  private final String told;
  private final String fix;

  /** An exception whose message is that of the failure, and what to do about it. */
  public RunFailedException(Failure failure) {
    this(failure, failure.message() + " " + sentence(failure.fix()));
  }

  private static String sentence(String fix) {
    return Character.toUpperCase(fix.charAt(0)) + fix.substring(1);
  }

  /**
   * A failure whose message, for whoever sees nothing but the exception, says more.
   *
   * @param message which says what to do, too
   */
  protected RunFailedException(Failure failure, String message) {
    super(message, failure.cause().orElse(null));
    this.kind = failure.kind();
    this.code = failure.code();
    this.told = failure.message();
    this.fix = failure.fix();
  }

  /** A failure of a kind. */
  public static RunFailedException of(FailureKind kind, String code, String message, String fix) {
    return new RunFailedException(new Failure(kind, code, message, fix));
  }

  /** What a caller asked for can't be done, whatever the state of the lake. */
  public static RunFailedException usage(String code, String message, String fix) {
    return of(FailureKind.USAGE, code, message, fix);
  }

  /** A pipeline, a table or a configuration can't be used as it is. */
  public static RunFailedException invalid(String code, String message, String fix) {
    return of(FailureKind.INVALID, code, message, fix);
  }

  /** The same failure, with what caused it. */
  public RunFailedException causedBy(Throwable throwable) {
    return new RunFailedException(failure().causedBy(throwable));
  }

  /** Why the run failed, in the form that is reported. */
  public Failure failure() {
    return new Failure(kind, code, told, fix, Optional.ofNullable(getCause()));
  }
}
