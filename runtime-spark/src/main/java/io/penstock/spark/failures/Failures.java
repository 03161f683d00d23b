package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.text.ExceptionText;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;

/**
 * Classifies every exception as a failure, which says whether a retry is worth while. Nothing else
 * decides about that.
 */
public final class Failures {
  private static final Set<FailureKind> OF_FILES =
      Set.of(FailureKind.STORAGE, FailureKind.UNAVAILABLE, FailureKind.NOT_PERMITTED);

  /** The messages of YARN and Kubernetes, and the exit codes of a killed process and of Spark. */
  private static final Pattern OVER_MEMORY =
      Pattern.compile(
          "memory limits|OOMKilled|[Ee]xit(?:ed with)? (?:code|status):? ?(?:137|52)\\b");

  /** The JDK's messages about a string or an array that is too long to be allocated. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "array size exceeds VM limit|array length .* is too large"
              + "|length exceeds implementation limit|String length out of range");

  /** The code of a failure of which Spark doesn't say in which expression it arose. */
  public static final String EXPRESSION_FAILED = "EXPRESSION_FAILED";

  private static final Set<Class<? extends Throwable>> VALUE_FAULTS =
      Set.of(
          ArithmeticException.class,
          DateTimeException.class,
          IllegalArgumentException.class,
          IndexOutOfBoundsException.class,
          NegativeArraySizeException.class,
          StackOverflowError.class,
          XMLStreamException.class);

  /** The packages of libraries that Spark's expressions call. */
  private static final List<String> LIBRARIES =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "scala.",
          "com.google.common.math.",
          "org.sparkproject.guava.math.",
          "com.ctc.wstx.",
          "org.apache.hadoop.shaded.com.ctc.wstx.");

  /** Where Spark computes expressions, interpreted or in generated code. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "org.apache.spark.sql.catalyst.expressions.",
          "org.apache.spark.sql.catalyst.util.",
          "org.apache.spark.sql.catalyst.xml.",
          "org.apache.spark.sql.errors.",
          "org.apache.spark.sql.types.Decimal",
          "org.apache.spark.unsafe.array.",
          "org.apache.spark.unsafe.types.");

  private static final String MORE_MEMORY =
      "give the process more memory (-Xmx, or --conf spark.driver.memory).";

  private Failures() {}

  /** The failure behind an exception. */
  public static Failure of(Throwable thrown) {
    Optional<RunFailedException> known = known(thrown);
    // What a transform threw is a problem of its plan only if it isn't one of the machine.
    if (known.isPresent() && !(known.get() instanceof PlanProblemException)) {
      return known.get().failure().causedBy(thrown);
    }
    return beneath(thrown)
        .or(
            () ->
                first(
                    thrown,
                    List.of(
                        Failures::ofCondition,
                        FileFailures::ofMissing,
                        FileFailures::ofOthers,
                        Failures::ofExpression)))
        .or(() -> known.map(problem -> problem.failure().causedBy(thrown)))
        .orElseGet(() -> told(bug(thrown), thrown));
  }

  private static Optional<RunFailedException> known(Throwable thrown) {
    return FileDamage.causes(thrown).stream()
        .filter(RunFailedException.class::isInstance)
        .map(RunFailedException.class::cast)
        .findFirst();
  }

  /**
   * The failure behind an exception, for causes that decide whatever they are wrapped in: a damaged
   * file, a stop, too little memory, a refused access, a full disk.
   */
  public static Optional<Failure> beneath(Throwable thrown) {
    return DamagedTables.log(thrown)
        .or(() -> InputFailures.of(thrown))
        .map(unreadable -> unreadable.causedBy(thrown))
        .or(
            () ->
                first(
                    thrown,
                    List.of(
                        Failures::ofMachine, FileFailures::ofRefusal, FileFailures::ofFullDisk)));
  }

  private static Optional<Failure> first(
      Throwable thrown, List<Function<Throwable, Optional<Failure>>> kinds) {
    List<Throwable> causes = FileDamage.causes(thrown);
    return kinds.stream()
        .flatMap(kind -> causes.stream().flatMap(cause -> kind.apply(cause).stream()))
        .findFirst()
        .map(failure -> told(failure, thrown));
  }

  private static Failure told(Failure failure, Throwable thrown) {
    return InputFailures.naming(placed(failure, FileDamage.causes(thrown)), thrown)
        .causedBy(thrown);
  }

  /** Names the file that a file system's message is about. */
  private static Failure placed(Failure failure, List<Throwable> causes) {
    return causes.stream()
        .filter(FailedAccessException.class::isInstance)
        .findFirst()
        .filter(access -> OF_FILES.contains(failure.kind()))
        .map(
            access ->
                new Failure(
                    failure.kind(), failure.code(), ExceptionText.sentence(access), failure.fix()))
        .orElse(failure);
  }

  /**
   * Does work that fails with nothing but a {@link RunFailedException}. Scala throws checked
   * exceptions without declaring them, so every throwable is caught.
   */
  public static <T> T classified(Supplier<T> work) {
    try {
      return work.get();
    } catch (PlanProblemException e) {
      throw new RunFailedException(of(e));
    } catch (RunFailedException e) {
      throw e;
    } catch (Throwable e) {
      throw new RunFailedException(of(e));
    }
  }

  /** An exception of a worker thread, for the thread that waited for it. */
  public static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure.getMessage(), failure);
  }

  private static Optional<Failure> ofMachine(Throwable cause) {
    // Thrown of a job whose group was cancelled, also of one that starts after that.
    if (FileDamage.condition(cause).equals("SPARK_JOB_CANCELLED")) {
      return Optional.of(
          new Failure(
              FailureKind.STOPPED,
              "STOPPED",
              "The run was told to stop before it published anything.",
              "run it again: it starts anew and replaces the same units."));
    }
    if (cause instanceof OutOfMemoryError && isTooLong(cause)) {
      return failure(FailureKind.DATA, EXPRESSION_FAILED, cause, fix(FailureKind.DATA));
    }
    boolean tooSmallToStart = FileDamage.condition(cause).equals("INVALID_DRIVER_MEMORY");
    if (cause instanceof OutOfMemoryError || tooSmallToStart) {
      return failure(FailureKind.OUT_OF_MEMORY, "OUT_OF_MEMORY", cause, MORE_MEMORY);
    }
    if (cause instanceof SparkException
        && String.valueOf(cause.getMessage()).contains("ExecutorLostFailure")) {
      return ofLostExecutor(cause.getMessage());
    }
    if (FileFailures.isUnreachable(cause)) {
      return failure(
          FailureKind.UNAVAILABLE, "UNAVAILABLE", cause, "run it again when the service answers.");
    }
    return Optional.empty();
  }

  /**
   * Classifies by Spark's and Delta's error condition, unless that says only that a step failed.
   */
  private static Optional<Failure> ofCondition(Throwable cause) {
    if (!(cause instanceof SparkThrowable spark) || spark.getCondition() == null) {
      return Optional.empty();
    }
    return ErrorConditions.meaning(spark.getCondition(), Optional.ofNullable(spark.getSqlState()))
        .filter(kind -> kind != FailureKind.BUG)
        .flatMap(kind -> failure(kind, spark.getCondition(), cause, fix(kind)));
  }

  /**
   * Exceptions that the JDK throws about a value while Spark computes an expression with it: about
   * a pattern or a format that comes from a column, a number that is too great, a text too long for
   * its pattern.
   */
  private static Optional<Failure> ofExpression(Throwable cause) {
    boolean ofValue =
        VALUE_FAULTS.stream().anyMatch(type -> type.isInstance(cause))
            || (cause instanceof SparkThrowable spark && isUnnamed(spark.getCondition()));
    return ofValue && isInExpression(cause)
        ? failure(FailureKind.DATA, EXPRESSION_FAILED, cause, fix(FailureKind.DATA))
        : Optional.empty();
  }

  private static boolean isInExpression(Throwable cause) {
    List<String> classes =
        Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getClassName).toList();
    Optional<String> thrower =
        classes.stream().filter(name -> LIBRARIES.stream().noneMatch(name::startsWith)).findFirst();
    // A pattern that overflows the stack fills the whole trace with its own frames.
    return thrower.isPresent()
        ? EXPRESSIONS.stream().anyMatch(thrower.get()::startsWith)
        : !classes.isEmpty() && classes.get(0).startsWith("java.util.regex.");
  }

  /** Whether Spark has given a condition no name yet. */
  private static boolean isUnnamed(String condition) {
    return condition == null || condition.startsWith("_LEGACY_ERROR_TEMP_");
  }

  private static String fix(FailureKind kind) {
    return switch (kind) {
      case DATA -> "mend the data, or the expression that doesn't expect it.";
      case OUT_OF_MEMORY -> MORE_MEMORY;
      case TRY_AGAIN -> "run it again.";
      case STORAGE -> "free or mend the disk, then run it again.";
      default -> "mend the pipeline, the table or the configuration: whichever the message names.";
    };
  }

  /** Why a cluster manager killed an executor stands only in the text. */
  private static Optional<Failure> ofLostExecutor(String message) {
    boolean memory = OVER_MEMORY.matcher(message).find();
    return Optional.of(
        new Failure(
            memory ? FailureKind.OUT_OF_MEMORY : FailureKind.UNAVAILABLE,
            "EXECUTOR_LOST",
            "Executors of Spark were lost again and again while they computed"
                + (memory ? ", for they took more memory than they were given." : "."),
            memory
                ? "give the executors more memory, --conf spark.executor.memory=… or"
                    + " spark.executor.memoryOverhead=…."
                : "look at the cluster, then run it again."));
  }

  /** Whether a value has more bytes than an array can hold: more memory doesn't help. */
  private static boolean isTooLong(Throwable cause) {
    return TOO_LONG.matcher(String.valueOf(cause.getMessage())).find() && isInExpression(cause);
  }

  static Optional<Failure> failure(FailureKind kind, String code, Throwable cause, String fix) {
    return Optional.of(
        new Failure(
            kind,
            code.replace('.', '_').toUpperCase(Locale.ROOT),
            ExceptionText.sentence(cause),
            fix));
  }

  /** Spark's own exception says only that a task failed: the innermost cause says why. */
  private static Failure bug(Throwable thrown) {
    List<Throwable> causes = FileDamage.causes(thrown);
    Throwable told = thrown instanceof SparkThrowable ? causes.get(causes.size() - 1) : thrown;
    return new Failure(
        FailureKind.BUG,
        "UNEXPECTED",
        "Something unexpected happened: %s: %s"
            .formatted(told.getClass().getSimpleName(), ExceptionText.sentence(told)),
        "run it again with --verbose and report the stack trace.");
  }
}
