package io.penstock.jobs.shell;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.ValueType;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes the errors about what a session is asked for. */
final class ShellErrors {
  private ShellErrors() {}

  static RunFailedException notADate(String text) {
    return RunFailedException.usage(
        "DATE",
        "Cannot set the date: '%s' is not one.".formatted(text),
        "write year-month-day, on(\"2026-03-01\").");
  }

  static RunFailedException noDate(String subject, Partition partition) {
    return RunFailedException.usage(
        "DATE_MISSING",
        "Cannot tell which %s of %s is meant: no date is set."
            .formatted(partition.grain().text(), subject),
        "set one, on(\"2026-03-01\").");
  }

  static RunFailedException badName(IllegalArgumentException cause) {
    return RunFailedException.usage(
        "PARAMETER", cause.getMessage(), "choose another name, param(\"least\", 3).");
  }

  static RunFailedException badValue(String name, Object value) {
    return RunFailedException.usage(
        "PARAMETER_TYPE",
        "Cannot let ':%s' stand for %s.".formatted(name, value),
        "give a "
            + Arrays.stream(ValueType.values())
                .map(type -> type.javaType().getSimpleName())
                .collect(Collectors.joining(", "))
            + ".");
  }

  static RunFailedException badValue(Parameter parameter, IllegalArgumentException cause) {
    return RunFailedException.usage(
        "PARAMETER_TYPE",
        "Cannot use the session's ':%s': %s".formatted(parameter.name(), cause.getMessage()),
        "set it again, param(\"%s\", …), to what is declared: %s."
            .formatted(parameter.name(), parameter.type()));
  }

  static RunFailedException noValue(String pipeline, Parameter parameter) {
    return RunFailedException.usage(
        "PARAMETER_MISSING",
        "Cannot run '%s' without its parameter '%s': it has no default."
            .formatted(pipeline, parameter.name()),
        "set it, param(\"%s\", …), of type %s.".formatted(parameter.name(), parameter.type()));
  }

  static RunFailedException badLimit(int limit) {
    return RunFailedException.usage(
        "LIMIT", "Cannot show %s rows.".formatted(limit), "ask for 1 row or more.");
  }

  static RunFailedException badPath(IllegalArgumentException cause) {
    return RunFailedException.usage(
        "PATH", cause.getMessage(), "name a table or an export, such as \"mart/channel_report\".");
  }

  static RunFailedException noScratch(IOException cause) {
    return RunFailedException.of(
            FailureKind.STORAGE,
            "NO_SCRATCH",
            "Cannot make a directory for the scratch lake: " + cause.getMessage() + ".",
            "name one that can be written in PENSTOCK_SCRATCH.")
        .causedBy(cause);
  }
}
