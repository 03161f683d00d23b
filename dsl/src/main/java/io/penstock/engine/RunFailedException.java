package io.penstock.engine;

/** A failure on its way to whoever reports it. */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  public RunFailedException(Failure failure) {
    super(failure.message(), failure.cause().orElse(null));
    this.failure = failure;
  }

  /** Why the run failed, in the form that is reported. */
  public Failure failure() {
    return failure;
  }
}
