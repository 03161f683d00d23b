package io.penstock.jobs.cli;

import io.penstock.engine.Failure;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.JobGraph;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.RunLoop;
import io.penstock.jobs.run.StopReason;
import io.penstock.jobs.run.TaskBatch;
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
  private static final String RESULT_FILE = "--result-file";

  private final CliContext context;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "The jobs to run; 'penstock list' shows them.")
  private List<String> names = List.of();

  @Mixin private JobOptions options = new JobOptions();

  @Mixin private AcceptOptions accept = new AcceptOptions();

  @Option(
      names = "--with-upstream",
      description = "First run the jobs that produce what is read and isn't there.")
  private boolean withUpstream;

  @Option(
      names = RESULT_FILE,
      paramLabel = "FILE",
      description = "A JSON file that says RUNNING until the end, then holds all results.")
  private Optional<Path> resultFile = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop after this time, such as 90s, 30m or 2h; exit code 124.")
  private Optional<Duration> timeout = Optional.empty();

  @Mixin private LakeOptions lake = new LakeOptions();

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ScheduledExecutorService alarm = alarm();
    try {
      RunLoop loop = loop(resultFile);
      loop.begin();
      return loop.run(batch(loop)).number();
    } finally {
      alarm.shutdownNow();
    }
  }

  /** Reports arguments that can't be parsed in the result file, too, if they name one. */
  void refuse(Failure failure, List<String> arguments) {
    loop(resultFileIn(arguments).map(Path::of)).refuse(failure);
  }

  /** Arguments that can't be parsed may still name the file, before or after the mistake. */
  private static Optional<String> resultFileIn(List<String> arguments) {
    int option = arguments.indexOf(RESULT_FILE);
    return option >= 0
        ? arguments.stream().skip(option + 1L).findFirst()
        : arguments.stream()
            .filter(argument -> argument.startsWith(RESULT_FILE + "="))
            .map(argument -> argument.substring(RESULT_FILE.length() + 1))
            .findFirst();
  }

  private RunLoop loop(Optional<Path> results) {
    return new RunLoop(
        context.console(),
        context.clock(),
        context.stop(),
        results.map(context.directory()::resolve));
  }

  /** Reading the command may fail, which the result file has to report as well. */
  private TaskBatch batch(RunLoop loop) {
    try {
      return batch();
    } catch (Throwable e) {
      // Jobs written in Scala throw checked exceptions that no signature declares.
      loop.failed(e);
      throw e;
    }
  }

  private TaskBatch batch() {
    JobRegistry jobs = context.jobs().get();
    Acceptances accepted = accept.of(names);
    Arguments arguments = new Arguments(options.arguments().given(), accepted);
    List<Task> tasks =
        options.tasks(
            names,
            jobs,
            named -> withUpstream ? new JobGraph(jobs).withUpstream(named) : named,
            accepted);
    return new TaskBatch(
        jobs,
        tasks,
        arguments,
        withUpstream ? TaskBatch.UpstreamMode.ADD_WHERE_MISSING : TaskBatch.UpstreamMode.LEAVE_OUT,
        context.engine().get(),
        lake.settings(context),
        lake.commands(context, arguments));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the alarm can't fail, and its end isn't awaited
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
                () -> context.stop().request(StopReason.TIMEOUT),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
    return alarm;
  }
}
