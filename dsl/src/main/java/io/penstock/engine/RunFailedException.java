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
  private final String hint;

  /** An exception whose message is that of the failure, and what to do about it. */
  public RunFailedException(Failure failure) {
    this(failure, failure.message() + " " + sentence(failure.hint()));
  }

  private static String sentence(String hint) {
    return Character.toUpperCase(hint.charAt(0)) + hint.substring(1);
  }

  /**
   * A failure whose message, for whoever sees nothing but the exception, says more.
   *
   * @param message with the hints in it
   */
  protected RunFailedException(Failure failure, String message) {
    super(message, failure.cause().orElse(null));
    this.kind = failure.kind();
    this.code = failure.code();
    this.told = failure.message();
    this.hint = failure.hint();
  }

  /** Why the run failed, in the form that is reported. */
  public Failure failure() {
    return new Failure(kind, code, told, hint, Optional.ofNullable(getCause()));
  }
}
