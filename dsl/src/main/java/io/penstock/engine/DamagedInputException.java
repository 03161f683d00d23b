package io.penstock.engine;

/**
 * An input that exists and can't be read completely, because something outside removed a part of
 * it. No retry helps; whoever knows which job produces the input can say how to restore it.
 *
 * <p>{@link Engine#compile} throws it; in the report of a run it is the failure's cause.
 */
public final class DamagedInputException extends RunFailedException {
  private static final long serialVersionUID = 1L;
  private final transient MissingInput lacking;

  /**
   * @param lacking the input, and the units of it that have to be produced again; no units where
   *     the whole has to be, or where they aren't known
   */
  public DamagedInputException(Failure failure, MissingInput lacking) {
    super(failure);
    this.lacking = lacking;
  }

  /** What has to be produced again. */
  public MissingInput lacking() {
    return lacking;
  }
}
