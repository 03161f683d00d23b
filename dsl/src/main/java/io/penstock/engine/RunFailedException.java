package io.penstock.engine;

import java.util.Optional;

/**
 * Carries a failure to the code that reports it, completely even when it is serialized.
 *
 * <p>There is a subclass only where it is caught; everything else about the failure is in {@link
 * Failure}.
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
   * A failure with a longer message, for callers that print nothing but the exception.
   *
   * @param message which includes the fix
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
