package io.penstock.spark.delta;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.contract.ContractConflict;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class DeltaErrors {
  private DeltaErrors() {}

  private static Failure failure(
      FailureKind kind, String code, String problem, String why, String fix) {
    return new Failure(kind, code, problem + ": " + why + ".", fix);
  }

  static UnpublishableException tableMissing(Path table) {
    return new UnpublishableException(
        failure(
            FailureKind.INPUT_MISSING,
            "INPUT_MISSING",
            "Cannot open table " + table,
            "there is no Delta table at this path",
            "Check the path, or run the job that writes the table."));
  }

  static RunFailedException identityColumn(Path table) {
    return new RunFailedException(
        failure(
            FailureKind.INVALID,
            "SCHEMA_MISMATCH",
            "Cannot write table " + table,
            "it has an identity column, whose numbers would repeat when a commit is tried again",
            "Drop the identity column, or compute a key from the data."));
  }

  static RunFailedException featureMissing(Path table, List<String> features) {
    String properties =
        features.stream()
            .map("'delta.feature.%s' = 'supported'"::formatted)
            .collect(Collectors.joining(", "));
    return new RunFailedException(
        failure(
            FailureKind.INVALID,
            "SCHEMA_MISMATCH",
            "Cannot add columns to table " + table,
            "a column's type needs a table feature that the table doesn't have: "
                + String.join(", ", features),
            "Use another type; or, when all readers of the table know the feature: ALTER TABLE delta.%s SET TBLPROPERTIES (%s)."
                .formatted(SqlLiterals.identifier(table.toString()), properties)));
  }

  static RunFailedException readersLockedOut(Path table, String features) {
    return new RunFailedException(
        failure(
            FailureKind.INVALID,
            "READERS_LOCKED_OUT",
            "Cannot create table " + table,
            "the session's defaults for new tables close it to programs that don't know "
                + features,
            "Leave the settings spark.databricks.delta.properties.defaults.… out."));
  }

  static RunFailedException schemaMismatch(Path table, SchemaChange change) {
    String reasons =
        change.problems().isEmpty()
            ? "the rows have columns that the table lacks."
            : String.join(" ", change.problems());
    return new RunFailedException(
        failure(
            FailureKind.INVALID,
            "SCHEMA_MISMATCH",
            "Cannot write table " + table,
            reasons + "\n" + change.sideBySide() + "\nNothing is cast, added or dropped in silence",
            change
                .alterTable(table)
                .filter(statement -> change.kind() == SchemaChange.Kind.NEW_COLUMNS)
                .map(statement -> "Allow new columns, or run: " + statement)
                .orElse("Select and cast the rows to the table's columns, or alter the table.")));
  }

  static UnpublishableException tableChanged(Path table, long then, long now) {
    return new UnpublishableException(
        failure(
            FailureKind.TRY_AGAIN,
            "CONCURRENT_WRITER",
            "Cannot commit to table " + table,
            then < 0
                ? "there was none when the rows were written, and another writer has made one since"
                    + " with other columns, partitioning or rules"
                : "its columns, partitioning or constraints were altered between version %s, for which the rows were written, and version %s"
                    .formatted(then, now),
            "Run again: the rows are then written for the table as it is now."));
  }

  static UnpublishableException contract(
      Path table,
      ContractConflict difference,
      OutputContract wanted,
      Optional<OutputContract> stored) {
    ContractProblem disagreement =
        TableContracts.problem(table, difference, wanted, stored, "'penstock run' for every unit");
    return new UnpublishableException(
        failure(
            FailureKind.INVALID,
            disagreement.code(),
            "Cannot commit to table " + table,
            disagreement.why(),
            disagreement.fix() + "."));
  }

  static UnpublishableException unitChanged(
      Path table, PreparedCommit commit, UnitHistory history) {
    return new UnpublishableException(
        failure(
            FailureKind.TRY_AGAIN,
            "UNIT_CHANGED",
            "Cannot commit to table " + table,
            (history == UnitHistory.CHANGED
                    ? "somebody else has changed %s since version %s, for which the rows were"
                        + " written"
                    : "its history doesn't reach back so far that anybody could tell whether %s was"
                        + " changed since version %s, for which the rows were written")
                .formatted(commit.replacement(), commit.readVersion()),
            "Run again: the rows are then computed anew."));
  }

  static OvertakenException fenced(Path table, UnitEpoch own, long published) {
    return new OvertakenException(
        "Cannot commit attempt %s of %s to table %s: attempt %s of the same task has published it already."
            .formatted(own.epoch(), own.unit(), table, published));
  }

  static UnpublishableException stagedFileGone(Path table, Path file) {
    return new UnpublishableException(
        failure(
            FailureKind.TRY_AGAIN,
            "FILE_GONE",
            "Cannot commit to table " + table,
            "the staged file " + file + " is gone, perhaps by a VACUUM with a short retention",
            "Run again, and keep VACUUM's retention longer than a run takes."));
  }

  static UnpublishableException stagedFileChanged(Path table, Path file, long written, long found) {
    return new UnpublishableException(
        failure(
            FailureKind.TRY_AGAIN,
            "FILE_GONE",
            "Cannot commit to table " + table,
            "the staged file %s has %s bytes; %s were written".formatted(file, found, written),
            "Run again, and look for what else writes below the table's path."));
  }

  static CommitConflictException conflict(Path table, int tries) {
    return new CommitConflictException(
        failure(
            FailureKind.TRY_AGAIN,
            "CONCURRENT_WRITER",
            "Cannot commit to table " + table,
            "other writers committed to the same partitions each of " + tries + " times",
            "Run again later, or keep maintenance and other writers off these partitions."));
  }

  static CommitOutcomeException commitFailed(
      Outcome outcome, Path table, CommitStamp stamp, Throwable cause) {
    String history =
        switch (outcome) {
          case NOT_COMMITTED -> "; the table's history doesn't hold the commit";
          case NOT_SEEN -> "; the table's history doesn't hold the commit yet";
          case UNKNOWN -> "; the table's history could not be searched for it";
        };
    Failure own =
        failure(
            kind(cause),
            "COMMIT_FAILED",
            "Cannot tell that run " + stamp.runId() + " committed to table " + table,
            ExceptionText.phrase(cause) + history,
            "Run again: a commit that took effect is replaced by an equal one.");
    return new CommitOutcomeException(outcome, Failures.beneath(cause).orElse(own).causedBy(cause));
  }

  /**
   * A failed commit is worth a retry where its cause is: a fault of the table or the program fails
   * again. A commit does no other I/O than that of the log store, so that any IOException there is
   * a fault of the store.
   */
  private static FailureKind kind(Throwable cause) {
    FailureKind kind = Failures.of(cause).kind();
    return switch (kind) {
      case INVALID, DATA, NOT_PERMITTED, STORAGE, UNAVAILABLE, OUT_OF_MEMORY -> kind;
      case BUG ->
          FileDamage.causes(cause).stream().anyMatch(IOException.class::isInstance)
              ? FailureKind.TRY_AGAIN
              : FailureKind.BUG;
      default -> FailureKind.TRY_AGAIN;
    };
  }

  static RunFailedException constraintViolated(
      Path table, Replacement replacement, BrokenConstraint broken, Throwable cause) {
    boolean outside = broken.name().equals(DeltaWriter.REPLACED_PARTITIONS);
    Failure failure =
        failure(
            FailureKind.DATA,
            "CONSTRAINT_VIOLATED",
            "Cannot write table " + table,
            outside
                ? "a row lies outside the partitions to replace, " + replacement + broken.row()
                : "a row breaks the table's constraint %s%s%s"
                    .formatted(broken.name(), broken.condition(), broken.row()),
            outside
                ? "Filter the rows, or replace the partitions that they belong to."
                : "Mend or filter such rows, or alter the table's constraint.");
    return new RunFailedException(failure.causedBy(cause));
  }

  static IllegalStateException uncounted(Path table) {
    return new IllegalStateException(
        "Cannot tell how many rows were staged for table %s: a file came without statistics, although they were asked for. Report this as a fault of Penstock."
            .formatted(table));
  }

  static IllegalArgumentException notPartitioned(Path table, String column, List<String> columns) {
    return new IllegalArgumentException(
        "Cannot select partitions of table %s by '%s': it is not a partition column. Partition columns: %s."
            .formatted(table, column, columns.isEmpty() ? "none" : String.join(", ", columns)));
  }

  static IllegalArgumentException noColumns(Path table) {
    return new IllegalArgumentException(
        "Cannot define table " + table + ": it has no columns. Give it at least one.");
  }

  static IllegalArgumentException unknownPartitionColumn(
      Path table, String column, List<String> columns) {
    return new IllegalArgumentException(
        "Cannot partition table %s by '%s': it has no such column. Columns: %s."
            .formatted(table, column, String.join(", ", columns)));
  }

  static IllegalArgumentException onlyPartitionColumns(Path table) {
    return new IllegalArgumentException(
        "Cannot define table %s: all its columns are partition columns, and Delta stores no file without another. Add a column, or partition by fewer."
            .formatted(table));
  }

  static IllegalArgumentException unnamedPipeline() {
    return new IllegalArgumentException(
        "Cannot name a published unit: the pipeline has no name. Give it one.");
  }

  static IllegalArgumentException negativeEpoch(UnitId unit, long epoch) {
    return new IllegalArgumentException(
        "Cannot publish %s with epoch %s: epochs count up from zero. Take the next one of the task."
            .formatted(unit, epoch));
  }

  static IllegalArgumentException incompleteStamp() {
    return new IllegalArgumentException(
        "Cannot stamp a commit: it needs a run id and at least one unit, or nobody could recognise"
            + " it later. Give both.");
  }
}
