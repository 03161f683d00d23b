package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.clock.MovingTimeException;
import io.penstock.spark.compile.DamagedTables;
import io.penstock.spark.csv.MalformedInputException;
import io.penstock.spark.csv.UnwritableValueException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;

/**
 * What an exception means, as a failure that says whether a retry is worth while: the one place
 * that decides.
 */
public final class Failures {
  private Failures() {}

  /** The failure behind an exception. */
  public static Failure of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    for (Throwable cause : causes) {
      if (cause instanceof RunFailedException known) {
        return known.failure();
      }
    }
    Optional<MalformedInputException> malformed = MalformedInputException.find(thrown);
    if (malformed.isPresent()) {
      return new Failure(
          FailureKind.DATA,
          "MALFORMED_INPUT",
          malformed.get().getMessage(),
          "mend the file, or keep defective records apart with keepDefects() and an expectation.",
          Optional.of(thrown));
    }
    Optional<Failure> unreadable = DamagedTables.log(thrown).or(() -> unreadableFile(causes));
    if (unreadable.isPresent()) {
      return unreadable.get().causedBy(thrown);
    }
    // What lies beneath decides before what it was wrapped in: a refused access is no conflict.
    return Stream.<Function<Throwable, Optional<Failure>>>of(
            Failures::ofMachine,
            FileFailures::ofUnusableLake,
            FileFailures::ofUnreadableExport,
            FileFailures::ofRefusal,
            FileFailures::ofFullDisk,
            TableFailures::of,
            Failures::ofData,
            FileFailures::ofMissing,
            FileFailures::ofOthers)
        .flatMap(kind -> causes.stream().flatMap(cause -> kind.apply(cause).stream()))
        .findFirst()
        .orElseGet(() -> bug(thrown))
        .causedBy(thrown);
  }

  /**
   * Does work that fails with nothing but a {@link RunFailedException}. Scala throws checked
   * exceptions without declaring them, so every throwable is caught.
   */
  public static <T> T classified(Supplier<T> work) {
    try {
      return work.get();
    } catch (RunFailedException e) {
      throw e;
    } catch (Throwable e) {
      throw new RunFailedException(of(e));
    }
  }

  /** An exception of a worker thread, for the thread that waited for it. */
  static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure.getMessage(), failure);
  }

  private static Optional<Failure> ofMachine(Throwable cause) {
    if (isCancellation(cause)) {
      return Optional.of(
          new Failure(
              FailureKind.STOPPED,
              "STOPPED",
              "The run was told to stop before it published anything.",
              "run it again: it starts anew and replaces the same units."));
    }
    if (cause instanceof OutOfMemoryError || isTooLittleMemory(cause)) {
      return failure(
          FailureKind.OUT_OF_MEMORY,
          "OUT_OF_MEMORY",
          cause,
          "give the process more memory (-Xmx, or --conf spark.driver.memory).");
    }
    if (cause instanceof SocketException
        || cause instanceof UnknownHostException
        || cause instanceof SocketTimeoutException) {
      return failure(
          FailureKind.UNAVAILABLE, "UNAVAILABLE", cause, "run it again when the service answers.");
    }
    return Optional.empty();
  }

  private static Optional<Failure> ofData(Throwable cause) {
    if (cause instanceof UnwritableValueException) {
      return failure(
          FailureKind.DATA, "UNWRITABLE_VALUE", cause, "mend the data, or the export's profile.");
    }
    if (cause instanceof MovingTimeException moving) {
      return failure(FailureKind.DATA, moving.code(), cause, moving.fix());
    }
    return isDataError(cause)
        ? failure(
            FailureKind.DATA,
            ((SparkThrowable) cause).getCondition(),
            cause,
            "mend the data, or the expression that doesn't expect it.")
        : Optional.empty();
  }

  /**
   * A record that Spark's own readers can't parse, with the file, which only an outer one names.
   */
  private static Optional<Failure> unreadableFile(List<Throwable> causes) {
    if (causes.stream().noneMatch(Failures::isMalformedRecord)) {
      return Optional.empty();
    }
    return causes.stream()
        .filter(SparkThrowable.class::isInstance)
        .map(cause -> ((SparkThrowable) cause).getMessageParameters().get("path"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            path ->
                new Failure(
                    FailureKind.DATA,
                    "MALFORMED_INPUT",
                    "Cannot read " + path + ": a record does not fit the declared columns.",
                    "mend the file, or the columns that the source declares."));
  }

  private static boolean isMalformedRecord(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && String.valueOf(spark.getCondition()).startsWith("MALFORMED_RECORD");
  }

  /** Errors that Spark's ANSI mode raises for values, by their SQLSTATE: class 22 is bad data. */
  private static boolean isDataError(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && spark.getCondition() != null
        && (String.valueOf(spark.getSqlState()).startsWith("22")
            || spark.getCondition().equals("USER_RAISED_EXCEPTION")
            || isMalformedRecord(cause));
  }

  /** What Spark says when it would not start with the memory that the process has. */
  private static boolean isTooLittleMemory(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && "INVALID_DRIVER_MEMORY".equals(spark.getCondition());
  }

  /** What Spark says of a job whose group was cancelled, also of one that begins after that. */
  private static boolean isCancellation(Throwable cause) {
    return cause instanceof SparkException spark
        && "SPARK_JOB_CANCELLED".equals(spark.getCondition());
  }

  static Optional<Failure> failure(FailureKind kind, String code, Throwable cause, String hint) {
    return Optional.of(
        new Failure(
            kind, code.replace('.', '_').toUpperCase(Locale.ROOT), Wording.of(cause), hint));
  }

  private static Failure bug(Throwable thrown) {
    return new Failure(
        FailureKind.BUG,
        "UNEXPECTED",
        "Something unexpected happened: "
            + thrown.getClass().getSimpleName()
            + ": "
            + Wording.of(thrown),
        "run it again with --verbose and report the stack trace.");
  }

  /** From the outermost to the innermost. */
  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
