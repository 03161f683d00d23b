package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The failures that a run finds by itself, rather than by an exception. */
public final class RunFailures {
  private RunFailures() {}

  /**
   * The failure of a run whose checks refused its output. How to look at the rows is added by the
   * caller, who knows the command.
   */
  static Failure checks(List<RunReport.Check> failed) {
    String message =
        failed.stream()
            .map(check -> "%s at %s: %s.".formatted(check.name(), check.place(), finding(check)))
            .collect(Collectors.joining("\n"));
    return new Failure(
        FailureKind.DATA,
        "CHECK_FAILED",
        message,
        "nothing was published; mend the data, or the check, and run it again.");
  }

  /** The failure of a run that was stopped between two of its publications. */
  static Failure stoppedWhilePublishing(Throwable thrown) {
    return new Failure(
        FailureKind.STOPPED,
        "STOPPED_WHILE_PUBLISHING",
        "The run was told to stop, and its commits did not come to their end in time.",
        "run it again: it replaces the same units in every sink.",
        Optional.of(thrown));
  }

  /** The failure of a run that wasn't stopped, but one of whose Spark jobs was cancelled. */
  static Failure cancelledFromOutside(Throwable thrown) {
    return new Failure(
        FailureKind.TRY_AGAIN,
        "SPARK_JOB_CANCELLED",
        "Somebody cancelled a Spark job of the run: " + ExceptionText.sentence(thrown),
        "run it again: it starts anew and replaces the same units.",
        Optional.of(thrown));
  }

  /** The failure of a run that can't say which rows of a file it has read. */
  static Failure changedFile(Path file) {
    return new Failure(
        FailureKind.TRY_AGAIN,
        "INPUT_CHANGED",
        "Cannot publish what was read of %s: the file was changed or removed since it was listed, so that a second run could give other rows."
            .formatted(file),
        "run it again when the file is complete; let files come by a rename, under a new name.");
  }

  static UncheckedIOException rejectionNotKept(Path file, IOException cause) {
    return new FailedAccessException(
        "write",
        file + ", by which the rows that checks refused are found again",
        cause,
        "Check that the file system is reachable, has space and allows this user to write there;"
            + " then run again.");
  }

  static IllegalArgumentException unknownRejectedVersion(int found, int known) {
    return new IllegalArgumentException(
        "it has version %s, and this release knows version %s".formatted(found, known));
  }

  static UncheckedIOException rejectionUnreadable(Path file, IOException cause) {
    return new FailedAccessException(
        "read",
        file + ", which names the rows that checks refused",
        cause,
        "If it is damaged, remove it and run the task again: what its checks refuse then, can be"
            + " looked at under the new run's id.");
  }

  /** Written files that don't hold what was counted when they were written. */
  static IllegalStateException miscounted(long written, long read) {
    return new IllegalStateException(
        "Cannot trust the written files: %s rows were counted while writing, %s when they were read again. Nothing was published; run it again."
            .formatted(written, read));
  }

  /**
   * The failure of showing rows by a predicate that can't be analysed.
   *
   * @param advice how to correct it
   */
  public static Failure predicate(String where, Throwable thrown, String advice) {
    return new Failure(
        FailureKind.USAGE,
        "INVALID_PREDICATE",
        "Cannot use --where \"%s\": %s".formatted(where, ExceptionText.sentence(thrown)),
        advice);
  }

  /** A check of the number of rows has no failing ones: its example says what the number was. */
  private static String finding(RunReport.Check check) {
    String examples = String.join("; ", check.examples());
    if (check.failingRows() == 0) {
      return examples;
    }
    return "%s of %s rows fail%s"
        .formatted(
            check.failingRows(), check.rows(), examples.isEmpty() ? "" : ", such as " + examples);
  }
}
