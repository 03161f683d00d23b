package io.penstock.jobs.cli;

import io.penstock.engine.Cleaning;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.registry.Thrown;
import io.penstock.jobs.result.Amounts;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spec.LakePath;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes the errors about command lines, and about a class path without exactly one engine. */
final class CliErrors {
  private CliErrors() {}

  static Problem unknownJob(String name, Collection<String> known) {
    return Problem.ofPipeline(
        "UNKNOWN_JOB",
        "There is no job named '%s'.".formatted(name),
        Suggestions.sentence(name, "Jobs", known));
  }

  static Problem repeatedParameter(String name) {
    return Problem.ofPipeline(
        "PARAMETER_TWICE",
        "Cannot use --param %s twice: it has one value in a run.".formatted(name),
        "keep one of them.");
  }

  static RunFailedException noReason(String check) {
    return RunFailedException.usage(
        "REASON_MISSING",
        "Cannot use --accept '%s' without a reason.".formatted(check),
        "say why it may fail this time: --reason \"…\". It is recorded with what is published.");
  }

  static RunFailedException reasonForNothing() {
    return RunFailedException.usage(
        "REASON_FOR_NOTHING",
        "Cannot use --reason without --accept: it says why a check may fail.",
        "name the check, or leave the reason out.");
  }

  static UnusableValueException notDate(String text) {
    return new UnusableValueException(
        "'%s' is not a date.".formatted(text), "write year-month-day, such as 2026-03-01.");
  }

  static UnusableValueException notDuration(String text) {
    return new UnusableValueException(
        "'%s' is not a length of time.".formatted(text),
        "write a number with s, m, h or d, such as 30m.");
  }

  static UnusableValueException masked(String name) {
    return new UnusableValueException(
        "the value of '%s' is a secret that was masked when the command was printed."
            .formatted(name),
        "give the secret itself in its place.");
  }

  static UnusableValueException notSetting(String text) {
    return new UnusableValueException(
        "'%s' is not a name and its value.".formatted(text),
        "join the two with '=', such as least=3.");
  }

  static RunFailedException datesClash(String problem) {
    return RunFailedException.usage(
        "DATES",
        "Cannot tell which units to run: " + problem + ".",
        "give either --date 2026-03-01, or --from 2026-03-01 --to 2026-04-01 with the end"
            + " excluded.");
  }

  static RunFailedException noLake(String lake, String origin) {
    return RunFailedException.usage(
        "NO_LAKE",
        "There is no lake at '%s', %s.".formatted(lake, origin),
        "name the lake's root with --lake DIR or in PENSTOCK_LAKE; for a new lake, make the"
            + " directory first.");
  }

  static RunFailedException lakeIsFile(String lake) {
    return RunFailedException.usage(
        "NO_LAKE",
        "There is no lake at '%s': it is a file, not a directory.".formatted(lake),
        "name the lake's root directory with --lake DIR or in PENSTOCK_LAKE.");
  }

  static RunFailedException lakeUnnameable(String lake, InvalidPathException cause) {
    return RunFailedException.usage(
        "NO_LAKE",
        "There is no lake at '%s': no directory can have that name, %s."
            .formatted(lake, cause.getReason()),
        "name the lake's root with --lake DIR or in PENSTOCK_LAKE; for letters beyond ASCII, run"
            + " with a UTF-8 locale, such as LC_ALL=C.UTF-8.");
  }

  static RunFailedException badPath(String path, IllegalArgumentException cause) {
    return RunFailedException.usage(
        "PATH", cause.getMessage(), "name a table or an export, such as mart/sales: " + path);
  }

  static RunFailedException rawFiles(LakePath path) {
    return RunFailedException.usage(
        "PATH",
        "Cannot show '%s': what is there are files as they arrived, which are not shown."
            .formatted(path),
        "name a table or an export; or look at the files in the shell, with show(read(csv(\"%s\").schema(\"…\")))."
            .formatted(path));
  }

  static RunFailedException tooYoung(Duration age) {
    return RunFailedException.usage(
        "TOO_YOUNG",
        "Cannot clean up what is only %s old: a run that takes long may still be about to publish it."
            .formatted(hours(age)),
        "use --older-than %sd or longer.".formatted(Cleaning.LEAST_AGE.toDays()));
  }

  private static String hours(Duration age) {
    return age.compareTo(Duration.ofDays(1)) < 0
        ? Amounts.of(age.toHours(), "hour")
        : Amounts.of(age.toDays(), "day");
  }

  static RunFailedException badLimit(int limit) {
    return RunFailedException.usage(
        "LIMIT", "Cannot show %s rows.".formatted(limit), "give a --limit of at least 1.");
  }

  static RunFailedException badRunId(String text) {
    return RunFailedException.usage(
        "RUN_ID",
        "'%s' is no run's id: it has up to 200 letters, digits, '.', '_' and '-', and begins with a letter or a digit."
            .formatted(text),
        "copy the runId of the run's result line.");
  }

  static RunFailedException engines(List<EngineProvider> found) {
    String message =
        found.isEmpty()
            ? "There is no engine on the class path."
            : "There are several engines on the class path: "
                + String.join(
                    ", ", found.stream().map(engine -> engine.getClass().getName()).toList())
                + ".";
    return RunFailedException.invalid(
        "ENGINE", message, "put exactly one there: io.penstock:penstock-runtime-spark.");
  }

  static RunFailedException engineNotLoadable(Error error) {
    return RunFailedException.invalid(
            "ENGINE",
            "Cannot load the engine on the class path: %s%s."
                .formatted(
                    Thrown.describe(error),
                    error.getCause() == null
                        ? ""
                        : ", because of " + Thrown.describe(error.getCause())),
            "put io.penstock:penstock-runtime-spark there with everything that it depends on.")
        .causedBy(error);
  }
}
