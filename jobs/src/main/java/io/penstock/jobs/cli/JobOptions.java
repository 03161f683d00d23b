package io.penstock.jobs.cli;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that select units and give parameters to named jobs. */
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
   * @param reachable the pipelines that may run when some are named: they may declare parameters
   * @param accepted checks of the named jobs that may fail
   * @throws io.penstock.engine.RunFailedException of kind USAGE, with all problems at once
   */
  List<Task> tasks(
      List<String> names,
      JobRegistry jobs,
      UnaryOperator<List<Pipeline>> reachable,
      Acceptances accepted) {
    UnitSelection selection = units.selection();
    List<Problem> problems = new ArrayList<>(Setting.repeated(parameters));
    List<Pipeline> named = new ArrayList<>();
    List<String> distinct = names.stream().distinct().toList();
    for (String name : distinct) {
      jobs.find(name)
          .ifPresentOrElse(
              named::add, () -> problems.add(CliErrors.unknownJob(name, jobs.names())));
    }
    named.forEach(pipeline -> problems.addAll(selection.problemsFor(pipeline)));
    if (named.size() == distinct.size()) {
      problems.addAll(arguments().problemsFor(reachable.apply(named)));
      problems.addAll(accepted.problemsFor(named));
    }
    problems.addAll(arguments().missingFor(named));
    PlanErrors.requireNone(problems);
    return named.stream().flatMap(pipeline -> selection.tasksOf(pipeline).stream()).toList();
  }
}
