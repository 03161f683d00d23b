package io.penstock.spark.run;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.contract.Disagreement;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spark.delta.CommitConflictException;
import io.penstock.spark.delta.CommitOutcomeException;
import io.penstock.spark.delta.ConstraintViolatedException;
import io.penstock.spark.delta.DeltaTableException;
import io.penstock.spark.delta.FencedException;
import io.penstock.spark.delta.SchemaMismatchException;
import io.penstock.spark.delta.StagedFileException;
import io.penstock.spark.delta.TableChangedException;
import io.penstock.spark.delta.TableContractException;
import io.penstock.spark.delta.TableDefinitionException;
import io.penstock.spark.delta.TableMissingException;
import io.penstock.spark.delta.UnitChangedException;
import io.penstock.spark.export.ExportContractException;
import io.penstock.spark.export.FencedExportException;
import io.penstock.spark.export.StagedExportException;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.publication.UnpublishableAttemptException;
import java.io.IOException;
import java.util.Optional;

/** What the exceptions of tables and exports mean. */
final class TableFailures {
  private TableFailures() {}

  /** The failure, when the exception is one of a table or an export. */
  static Optional<Failure> of(Throwable cause) {
    if (cause instanceof DeltaTableException delta) {
      return Optional.of(ofTable(delta));
    }
    if (cause instanceof DeltaConcurrentModificationException) {
      return Failures.failure(FailureKind.TRY_AGAIN, "CONCURRENT_WRITER", cause, "run it again.");
    }
    if (cause instanceof FencedExportException) {
      return Failures.failure(
          FailureKind.OVERTAKEN,
          "OVERTAKEN",
          cause,
          "nothing is to be done: the later one stands.");
    }
    if (cause instanceof UnpublishableAttemptException unpublishable) {
      return Failures.failure(
          FailureKind.TRY_AGAIN,
          unpublishable.reason().name(),
          cause,
          "run it again: it starts anew.");
    }
    if (cause instanceof ExportContractException export) {
      return Optional.of(
          new Failure(FailureKind.INVALID, export.code(), export.problem(), export.fix()));
    }
    if (cause instanceof UnreadableContractException unreadable) {
      return Optional.of(
          new Failure(
              FailureKind.INVALID,
              Disagreement.UNREADABLE_CONTRACT,
              "An output can't be used: " + unreadable.getMessage() + ".",
              unreadable.fix() + "."));
    }
    if (cause instanceof StagedExportException) {
      return Failures.failure(
          FailureKind.TRY_AGAIN,
          "FILE_GONE",
          cause,
          "something else changed files below the export's directory; run it again.");
    }
    return Optional.empty();
  }

  private static Failure ofTable(DeltaTableException e) {
    if (e instanceof ConstraintViolatedException) {
      return failure(FailureKind.DATA, "CONSTRAINT_VIOLATED", e);
    }
    if (e instanceof TableMissingException) {
      return failure(FailureKind.INPUT_MISSING, FailureKind.INPUT_MISSING.name(), e);
    }
    if (e instanceof SchemaMismatchException || e instanceof TableDefinitionException) {
      return failure(FailureKind.INVALID, "SCHEMA_MISMATCH", e);
    }
    if (e instanceof TableContractException contract) {
      return failure(FailureKind.INVALID, contract.code(), e);
    }
    if (e instanceof UnitChangedException) {
      return failure(FailureKind.TRY_AGAIN, "UNIT_CHANGED", e);
    }
    if (e instanceof FencedException) {
      return failure(FailureKind.OVERTAKEN, FailureKind.OVERTAKEN.name(), e);
    }
    if (e instanceof StagedFileException) {
      return failure(FailureKind.TRY_AGAIN, "FILE_GONE", e);
    }
    if (e instanceof TableChangedException || e instanceof CommitConflictException) {
      return failure(FailureKind.TRY_AGAIN, "CONCURRENT_WRITER", e);
    }
    return e instanceof CommitOutcomeException commit
        ? ofCommit(commit)
        : failure(FailureKind.INVALID, "TABLE_UNUSABLE", e);
  }

  /**
   * A commit that failed is worth another try where its cause is: what the table or the program is
   * to blame for fails again. It touches nothing but the store of the log, so what is an exception
   * of input and output there, in whatever words, is the store's.
   */
  private static Failure ofCommit(CommitOutcomeException e) {
    FailureKind cause = Failures.of(e.getCause()).kind();
    boolean unknownFaultOfStore =
        cause == FailureKind.BUG
            && FileDamage.causes(e).stream().anyMatch(IOException.class::isInstance);
    return switch (cause) {
      case INVALID, DATA, NOT_PERMITTED, STORAGE, UNAVAILABLE, OUT_OF_MEMORY ->
          failure(cause, "COMMIT_FAILED", e);
      case BUG ->
          failure(
              unknownFaultOfStore ? FailureKind.TRY_AGAIN : FailureKind.BUG, "COMMIT_FAILED", e);
      default -> failure(FailureKind.TRY_AGAIN, "COMMIT_FAILED", e);
    };
  }

  private static Failure failure(FailureKind kind, String code, DeltaTableException e) {
    return new Failure(kind, code, e.problem() + ": " + e.why() + ".", e.fix());
  }
}
