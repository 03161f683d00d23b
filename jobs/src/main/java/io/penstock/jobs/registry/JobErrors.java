package io.penstock.jobs.registry;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.Job;
import io.penstock.jobs.Version;
import io.penstock.spec.LakePath;
import java.util.List;
import java.util.ServiceConfigurationError;

/** Makes the errors about jobs that can't be used as they are. */
final class JobErrors {
  private JobErrors() {}

  /** The service loader's own message names the class, as does that of a missing one. */
  static RunFailedException notLoadable(Error error) {
    Throwable cause = thrownBy(error.getCause() == null ? error : error.getCause());
    return RunFailedException.invalid(
            "JOB_NOT_LOADABLE",
            "Cannot load the jobs on the class path: "
                + (error instanceof ServiceConfigurationError
                    ? error.getMessage()
                    : Thrown.describe(error))
                + (cause == error ? "" : ", because of " + Thrown.describe(cause))
                + ".",
            cause instanceof LinkageError
                ? "put the jars that the job needs on the class path beside its own, in the"
                    + " versions that it was compiled with."
                : "a job is a public class with a public constructor without parameters that does"
                    + " nothing but build; mend it, or take it out of META-INF/services/"
                    + Job.class.getName()
                    + ".")
        .causedBy(cause);
  }

  /**
   * The cause of a failed static initializer: then the code fails, and not the linking of the
   * class.
   */
  static Throwable thrownBy(Throwable error) {
    return error instanceof ExceptionInInitializerError && error.getCause() != null
        ? error.getCause()
        : error;
  }

  static RunFailedException noPipeline(String jobClass, Throwable cause) {
    return RunFailedException.invalid(
            "JOB_WITHOUT_PIPELINE",
            "Cannot use job class %s: its pipeline() failed with %s."
                .formatted(jobClass, Thrown.describe(cause)),
            "mend pipeline() of %s: it builds a value, and needs nothing from outside."
                .formatted(jobClass))
        .causedBy(cause);
  }

  /** The class was compiled against other classes than those that are there. */
  static RunFailedException notLinked(String jobClass, LinkageError cause) {
    return RunFailedException.invalid(
            "JOB_NOT_LINKED",
            "Cannot use job class %s: it doesn't fit what is on the class path, %s."
                .formatted(jobClass, Thrown.describe(cause)),
            "build its jar again with this version of Penstock, %s, and put the libraries that it needs"
                    .formatted(Version.text())
                + " on the class path too.")
        .causedBy(cause);
  }

  /** One error that tells all that is wrong with the jobs. */
  static RunFailedException all(List<Failure> wrong) {
    if (wrong.size() == 1) {
      return new RunFailedException(wrong.get(0));
    }
    StringBuilder text = new StringBuilder("The jobs have %s problems.".formatted(wrong.size()));
    for (int i = 0; i < wrong.size(); i++) {
      Failure one = wrong.get(i);
      text.append("\n%s. %s\n   Fix: %s".formatted(i + 1, one.message(), one.fix()));
    }
    Failure failure =
        new Failure(
            FailureKind.INVALID, "INVALID_JOBS", text.toString(), "mend each problem as it says.");
    return new RunFailedException(
        wrong.stream()
            .flatMap(one -> one.cause().stream())
            .findFirst()
            .map(failure::causedBy)
            .orElse(failure));
  }

  static RunFailedException changesProcess(String jobClass, List<String> changes) {
    return RunFailedException.invalid(
        "SETTING_CHANGED",
        "Cannot use job class %s: it changes %s, by which every other job would compute too."
            .formatted(jobClass, String.join(", ", changes)),
        "leave it as it is, and say where it is needed which zone, locale or setting is meant.");
  }

  static RunFailedException sameName(String name, String first, String second) {
    return RunFailedException.invalid(
        "SAME_JOB_NAME",
        "Cannot tell two jobs named '%s' apart: %s and %s.".formatted(name, first, second),
        "give one of the pipelines another name.");
  }

  static RunFailedException samePath(LakePath path, String first, String second) {
    return RunFailedException.invalid(
        "SAME_TARGET",
        "Cannot let two jobs write to '%s': %s and %s would overwrite each other's output."
            .formatted(path, first, second),
        "let one of them write to another path.");
  }
}
