package io.penstock.jobs.cli;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Values and units for jobs that are named. */
final class JobOptions {
  @Mixin private UnitOptions units = new UnitOptions();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A value for a parameter that a job declares. Repeatable.")
  private List<Setting> parameters = List.of();

  Arguments arguments() {
    return new Arguments(Setting.asMap(parameters));
  }

  /**
   * The tasks that the names and dates stand for.
   *
   * @param reachable the pipelines that may run besides those named, for the parameters
   * @throws io.penstock.engine.RunFailedException of kind USAGE, with all problems at once
   */
  List<Task> tasks(List<String> names, JobRegistry jobs, Reachable reachable) {
    UnitSelection selection = units.selection();
    List<Problem> problems = new ArrayList<>(repeated());
    List<Pipeline> named = new ArrayList<>();
    for (String name : names.stream().distinct().toList()) {
      Optional<Pipeline> found = jobs.find(name);
      found.ifPresentOrElse(
          named::add, () -> problems.add(CliErrors.unknownJob(name, jobs.names())));
    }
    named.forEach(pipeline -> problems.addAll(selection.problemsFor(pipeline)));
    if (named.size() == names.stream().distinct().count()) {
      problems.addAll(arguments().problemsFor(reachable.from(named)));
    }
    problems.addAll(arguments().missingFor(named));
    if (!problems.isEmpty()) {
      throw PlanErrors.usage(problems);
    }
    return named.stream().flatMap(pipeline -> selection.tasksOf(pipeline).stream()).toList();
  }

  private List<Problem> repeated() {
    return parameters.stream()
        .map(Setting::name)
        .filter(name -> parameters.stream().filter(s -> s.name().equals(name)).count() > 1)
        .distinct()
        .map(CliErrors::repeatedParameter)
        .toList();
  }

  /** Which pipelines may run when some are named. */
  @FunctionalInterface
  interface Reachable {
    List<Pipeline> from(List<Pipeline> named);
  }
}
