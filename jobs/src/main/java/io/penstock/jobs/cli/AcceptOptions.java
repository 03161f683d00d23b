package io.penstock.jobs.cli;

import io.penstock.jobs.plan.Acceptances;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which checks may fail, and why. */
final class AcceptOptions {
  @Option(
      names = "--accept",
      paramLabel = "CHECK",
      description =
          "A check, by the name that 'penstock plan' shows, whose failure doesn't keep the run from"
              + " publishing. Repeatable.")
  private List<String> checks = List.of();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why these checks may fail this time; it is recorded with what is published.")
  private Optional<String> reason = Optional.empty();

  /**
   * The checks that may fail in the runs of these jobs.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when the reason is missing, or
   *     stands there for nothing
   */
  Acceptances of(List<String> jobs) {
    if (!checks.isEmpty() && reason.filter(text -> !text.isBlank()).isEmpty()) {
      throw CliErrors.noReason(checks.get(0));
    }
    if (checks.isEmpty() && reason.isPresent()) {
      throw CliErrors.reasonForNothing();
    }
    return checks.isEmpty()
        ? Acceptances.NONE
        : new Acceptances(checks, reason.orElseThrow().strip(), Set.copyOf(jobs));
  }
}
