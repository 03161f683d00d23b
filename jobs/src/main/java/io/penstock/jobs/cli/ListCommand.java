package io.penstock.jobs.cli;

import io.penstock.jobs.ExitCode;
import io.penstock.jobs.run.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code penstock list}: the jobs that there are. */
@Command(
    name = "list",
    description = "Lists the jobs with their grain, inputs, outputs and owners.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--json", description = "As a JSON array, for programs.")
  private boolean json;

  ListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    JobList list = JobList.of(surroundings.jobs().get());
    Console console = surroundings.console();
    console.print(json ? list.json(console.redaction()) : list.text());
    return ExitCode.DONE.number();
  }
}
