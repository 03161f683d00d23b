package io.penstock.jobs.cli;

import io.penstock.engine.Failure;
import io.penstock.jobs.plan.JobGraph;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
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
  private static final String RESULT_FILE = "--result-file";

  private final CliContext context;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "The jobs to run; 'penstock list' shows them.")
  private List<String> names = List.of();

  @Mixin private JobOptions options = new JobOptions();

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
      return loop.run(order(loop)).number();
    } finally {
      alarm.shutdownNow();
    }
  }

  /** Tells in the result file, when the words name one, that they are no command. */
  void refuse(Failure failure, List<String> words) {
    loop(resultFileIn(words).map(Path::of)).refuse(failure);
  }

  /** Words that can't be read as a whole may still name the file, before or behind the mistake. */
  private static Optional<String> resultFileIn(List<String> words) {
    int name = words.indexOf(RESULT_FILE);
    return name >= 0
        ? words.stream().skip(name + 1L).findFirst()
        : words.stream()
            .filter(word -> word.startsWith(RESULT_FILE + "="))
            .map(word -> word.substring(RESULT_FILE.length() + 1))
            .findFirst();
  }

  private RunLoop loop(Optional<Path> results) {
    return new RunLoop(
        context.console(),
        context.clock(),
        context.stop(),
        results.map(context.directory()::resolve));
  }

  /** Finding out what is ordered may fail, which the result file has to tell as well. */
  private RunOrder order(RunLoop loop) {
    try {
      return order();
    } catch (Throwable e) {
      // Jobs written in Scala throw checked exceptions that no signature declares.
      loop.failed(e);
      throw e;
    }
  }

  private RunOrder order() {
    JobRegistry jobs = context.jobs().get();
    List<Task> tasks =
        options.tasks(
            names, jobs, named -> withUpstream ? new JobGraph(jobs).withUpstream(named) : named);
    return new RunOrder(
        jobs,
        tasks,
        options.arguments(),
        withUpstream ? RunOrder.UpstreamMode.ADD_WHERE_MISSING : RunOrder.UpstreamMode.LEAVE_OUT,
        context.engine().get(),
        lake.settings(context),
        lake.commands(context, options.arguments()));
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
                () -> context.stop().request(StopReason.TIMEOUT),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
    return alarm;
  }
}
