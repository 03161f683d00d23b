package io.penstock.jobs.cli;

import io.penstock.jobs.JobRegistry;
import io.penstock.jobs.plan.JobGraph;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.jobs.run.RunLoop;
import io.penstock.jobs.run.RunOrder;
import io.penstock.jobs.run.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock run}: computes and publishes, one JSON line a job and unit. */
@Command(
    name = "run",
    description = "Runs jobs: computes, checks and replaces exactly the units asked for.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The jobs to run.")
  private List<String> names = List.of();

  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--with-upstream",
      description = "First run the jobs that produce what is read and isn't there.")
  private boolean withUpstream;

  @Option(
      names = "--result-file",
      paramLabel = "FILE",
      description = "A JSON file that says RUNNING until the end, then holds all results.")
  private Optional<Path> resultFile = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop after this time, such as 90s, 30m or 2h; exit code 124.")
  private Optional<Duration> timeout = Optional.empty();

  @Mixin private LakeOptions lake = new LakeOptions();

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    JobRegistry jobs = surroundings.jobs().get();
    List<Task> tasks =
        options.tasks(
            names, jobs, named -> withUpstream ? new JobGraph(jobs).withUpstream(named) : named);
    RunOrder order =
        new RunOrder(
            tasks,
            options.arguments(),
            withUpstream
                ? RunOrder.UpstreamMode.ADD_WHERE_MISSING
                : RunOrder.UpstreamMode.LEAVE_OUT,
            lake.settings(surroundings),
            new RepairCommands(
                lake.lake(), lake.master(), lake.configuration(), options.arguments().given()),
            resultFile.map(surroundings.directory()::resolve));
    RunLoop loop =
        new RunLoop(
            jobs,
            surroundings.engine().get(),
            surroundings.console(),
            surroundings.clock(),
            surroundings.stop());
    ScheduledExecutorService alarm = alarm();
    try {
      return loop.run(order).number();
    } finally {
      alarm.shutdownNow();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the alarm can't fail, and nobody waits for it
  private ScheduledExecutorService alarm() {
    ScheduledExecutorService alarm =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "penstock-timeout");
              thread.setDaemon(true);
              return thread;
            });
    timeout.ifPresent(
        time ->
            alarm.schedule(
                () -> surroundings.stop().request(StopReason.TIMEOUT),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
    return alarm;
  }
}
