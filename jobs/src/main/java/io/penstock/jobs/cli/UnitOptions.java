package io.penstock.jobs.cli;

import io.penstock.jobs.plan.UnitSelection;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which units to run. */
final class UnitOptions {
  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "The unit (day, week, month) that holds this date, such as 2026-03-01.")
  private Optional<LocalDate> date = Optional.empty();

  @Option(names = "--from", paramLabel = "DATE", description = "The first day of the first unit.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The day after the last unit: the end is excluded.")
  private Optional<LocalDate> to = Optional.empty();

  /**
   * The selection.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when the options contradict each
   *     other
   */
  UnitSelection selection() {
    if (date.isPresent() && (from.isPresent() || to.isPresent())) {
      throw CliErrors.datesClash("--date excludes --from and --to");
    }
    if (from.isPresent() != to.isPresent()) {
      throw CliErrors.datesClash(
          from.isPresent() ? "--from is given without --to" : "--to is given without --from");
    }
    if (from.isPresent()) {
      return range(from.orElseThrow(), to.orElseThrow());
    }
    return date.<UnitSelection>map(UnitSelection.OfDate::new)
        .orElseGet(UnitSelection.Unspecified::new);
  }

  private static UnitSelection range(LocalDate from, LocalDate to) {
    if (!from.isBefore(to)) {
      throw CliErrors.datesClash(
          "nothing lies between --from %s and --to %s, whose day is excluded".formatted(from, to));
    }
    return new UnitSelection.Range(from, to);
  }
}
