package io.penstock.jobs.cli;

import io.penstock.jobs.result.ExitCode;
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
  private final CliContext context;

  @Option(names = "--json", description = "As a JSON array, for programs.")
  private boolean json;

  ListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Console console = context.console();
    JobList list = JobList.of(context.jobs().get(), console.redaction());
    console.print(json ? list.json() : list.text());
    return ExitCode.DONE.number();
  }
}
