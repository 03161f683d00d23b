package io.penstock.engine;

/** A failure on its way to whoever reports it. */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  public RunFailedException(Failure failure) {
    super(failure.message(), failure.cause().orElse(null));
    this.failure = failure;
  }

  /**
   * A failure whose message, for whoever sees nothing but the exception, says more.
   *
   * @param message with the hints in it
   */
  RunFailedException(Failure failure, String message) {
    super(message, failure.cause().orElse(null));
    this.failure = failure;
  }

  /** Why the run failed, in the form that is reported. */
  public Failure failure() {
    return failure;
  }
}
