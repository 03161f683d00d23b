package io.penstock.spark.contract;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.UnpublishableException;
import java.util.Optional;

/** The contract of an output is of a later release, or damaged: it may not be ignored. */
public final class UnreadableContractException extends UnpublishableException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  UnreadableContractException(String why, String fix, Optional<Throwable> cause) {
    super(
        new Failure(
            FailureKind.INVALID,
            ContractProblem.UNREADABLE_CONTRACT,
            "Cannot use an output: " + why + ".",
            fix + ".",
            cause));
    this.why = why;
    this.fix = fix;
  }

  /** The reason, as a clause about the output. */
  public String why() {
    return why;
  }

  /** What to do, without a full stop. */
  public String fix() {
    return fix;
  }
}
