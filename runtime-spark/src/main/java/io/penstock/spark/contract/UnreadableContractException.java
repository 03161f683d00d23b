package io.penstock.spark.contract;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.UnpublishableException;
import java.util.Optional;

/** What an output says of itself is of a later release, or damaged: nobody may go on without it. */
public final class UnreadableContractException extends UnpublishableException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  UnreadableContractException(String why, String fix, Optional<Throwable> cause) {
    super(
        new Failure(
            FailureKind.INVALID,
            Disagreement.UNREADABLE_CONTRACT,
            "An output can't be used: " + why + ".",
            fix + ".",
            cause));
    this.why = why;
    this.fix = fix;
  }

  /** The reason, to be put into a sentence about the output. */
  public String why() {
    return why;
  }

  /** What is to be done, without its full stop. */
  public String fix() {
    return fix;
  }
}
