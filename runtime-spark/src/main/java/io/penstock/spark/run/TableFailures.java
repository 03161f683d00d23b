package io.penstock.spark.run;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.contract.Disagreement;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spark.delta.CommitOutcomeException;
import io.penstock.spark.delta.ConstraintViolatedException;
import io.penstock.spark.delta.DeltaTableException;
import io.penstock.spark.delta.FencedException;
import io.penstock.spark.delta.SchemaMismatchException;
import io.penstock.spark.delta.StagedFileException;
import io.penstock.spark.delta.TableContractException;
import io.penstock.spark.delta.TableDefinitionException;
import io.penstock.spark.delta.TableMissingException;
import io.penstock.spark.delta.UnitChangedException;
import io.penstock.spark.export.ExportContractException;
import io.penstock.spark.export.FencedExportException;
import io.penstock.spark.export.StagedExportException;
import io.penstock.spark.publication.UnpublishableAttemptException;
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
    FailureKind kind = FailureKind.TRY_AGAIN;
    String code = "CONCURRENT_WRITER";
    if (e instanceof ConstraintViolatedException) {
      kind = FailureKind.DATA;
      code = "CONSTRAINT_VIOLATED";
    } else if (e instanceof TableMissingException) {
      kind = FailureKind.INPUT_MISSING;
      code = kind.name();
    } else if (e instanceof SchemaMismatchException || e instanceof TableDefinitionException) {
      kind = FailureKind.INVALID;
      code = "SCHEMA_MISMATCH";
    } else if (e instanceof TableContractException contract) {
      kind = FailureKind.INVALID;
      code = contract.code();
    } else if (e instanceof UnitChangedException) {
      code = "UNIT_CHANGED";
    } else if (e instanceof CommitOutcomeException) {
      code = "COMMIT_FAILED";
    } else if (e instanceof FencedException) {
      kind = FailureKind.OVERTAKEN;
      code = kind.name();
    } else if (e instanceof StagedFileException) {
      code = "FILE_GONE";
    }
    return new Failure(kind, code, e.problem() + ": " + e.why() + ".", e.fix());
  }
}
