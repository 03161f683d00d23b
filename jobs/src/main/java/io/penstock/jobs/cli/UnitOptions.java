package io.penstock.jobs.cli;

import io.penstock.jobs.plan.UnitSelection;
import io.penstock.spec.UnitDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which units to run. */
final class UnitOptions {
  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "The unit (day, week, month) that holds this date, such as 2026-03-01.")
  private Optional<UnitDate> date = Optional.empty();

  @Option(names = "--from", paramLabel = "DATE", description = "The first day of the first unit.")
  private Optional<UnitDate> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The day after the last unit: the end is excluded.")
  private Optional<UnitDate> to = Optional.empty();

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
    return UnitSelection.of(date);
  }

  private static UnitSelection range(UnitDate from, UnitDate to) {
    if (from.compareTo(to) >= 0) {
      throw CliErrors.datesClash(
          "nothing lies between --from %s and --to %s, whose day is excluded".formatted(from, to));
    }
    return new UnitSelection.Range(from, to);
  }
}
