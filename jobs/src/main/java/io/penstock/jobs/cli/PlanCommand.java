package io.penstock.jobs.cli;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.Json;
import io.penstock.jobs.result.RunIds;
import io.penstock.jobs.run.RepairAdvisor;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.jobs.run.TaskBatch;
import io.penstock.plan.PlanPrinter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock plan}: what a run would do, without reading a row. */
@Command(
    name = "plan",
    description = "Shows what a run would read, check and replace, without reading a row.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  /** In which form a plan is printed. */
  enum Format {
    TEXT,
    JSON,
    MERMAID
  }

  private final CliContext context;

  @Parameters(paramLabel = "NAME", description = "The job; 'penstock list' shows them all.")
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, json or mermaid (default: text).")
  private Format format = Format.TEXT;

  @Mixin private JobOptions options = new JobOptions();
  @Mixin private LakeOptions lake = new LakeOptions();

  PlanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JobRegistry jobs = context.jobs().get();
    List<Task> tasks = options.tasks(List.of(name), jobs, named -> named, Acceptances.NONE);
    if (tasks.size() > 1) {
      throw CliErrors.datesClash("a plan is made for one unit, and these dates hold several");
    }
    try (Engine engine = lake.open(context)) {
      Task task = tasks.get(0);
      context.console().print(printed(compiled(engine, task, jobs), task.pipeline()));
    }
    return ExitCode.DONE.number();
  }

  private RunPlan compiled(Engine engine, Task task, JobRegistry jobs) {
    Instant now = context.clock().instant();
    String runId = new RunIds(new SecureRandom()).next(now);
    try {
      return engine.compile(task.request(options.arguments(), runId, now)).plan();
    } catch (RunFailedException e) {
      RepairCommands commands = lake.commands(context, options.arguments());
      RepairAdvisor advisor = new RepairAdvisor(jobs, commands, TaskBatch.UpstreamMode.LEAVE_OUT);
      throw new RunFailedException(advisor.of(e, task).failure());
    }
  }

  private String printed(RunPlan plan, Pipeline pipeline) {
    return switch (format) {
      case TEXT -> PlanText.of(plan, pipeline);
      case JSON -> Json.pretty(PlanDocument.of(plan, pipeline));
      case MERMAID -> PlanPrinter.MERMAID.print(plan.graph());
    };
  }
}
