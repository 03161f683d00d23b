package io.penstock.spark.contract;

/** What an output says of itself is of a later release, or damaged: nobody may go on without it. */
public final class UnreadableContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String fix;

  UnreadableContractException(String message, String fix) {
    super(message);
    this.fix = fix;
  }

  /** What is to be done. */
  public String fix() {
    return fix;
  }
}
