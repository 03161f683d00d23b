package io.penstock.jobs.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.ResultJson;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Recovery;
import io.penstock.plan.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code penstock recover}: publishes the rest of runs that died while they published. */
@Command(
    name = "recover",
    description =
        "Completes runs that died while they published, without computing anything again.",
    mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only runs of these jobs (default: of all).")
  private List<String> names = List.of();

  @Mixin private LakeOptions lake = new LakeOptions();

  RecoverCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Console console = context.console();
    try (Engine engine = lake.open(context)) {
      Recovery recovery =
          new Recovery(
              engine.lake(),
              context.jobs().get(),
              lake.commands(context, new Arguments(Map.of())),
              context.stop().gate(),
              console);
      Tally tally = new Tally();
      List<UnfinishedRun> runs = engine.lake().unfinished();
      requireKnown(runs);
      for (UnfinishedRun run : runs) {
        if (names.isEmpty() || names.contains(run.pipeline())) {
          complete(run, runs, recovery, tally);
        }
      }
      if (tally.isEmpty()) {
        console.tell(
            "No run is left half published that could be completed: there is nothing to recover.");
      }
      console.result(tally.json());
      return tally.exitCode.number();
    }
  }

  /** A job that no longer exists may have left runs behind. */
  private void requireKnown(List<UnfinishedRun> runs) {
    List<String> known = context.jobs().get().names();
    List<Problem> problems =
        names.stream()
            .filter(name -> !known.contains(name))
            .filter(name -> runs.stream().noneMatch(run -> run.pipeline().equals(name)))
            .map(name -> CliErrors.unknownJob(name, known))
            .toList();
    PlanErrors.requireNone(problems);
  }

  /** A run that can't be completed now doesn't prevent that of the others. */
  private void complete(
      UnfinishedRun run, List<UnfinishedRun> all, Recovery recovery, Tally tally) {
    Console console = context.console();
    try {
      Recovery.Recovered recovered = recovery.complete(run, all);
      recovery.tell(recovered);
      console.result(ResultJson.of(run, recovered.completion(), recovered.repair()));
      tally.add(recovered);
    } catch (RunFailedException e) {
      if (e.failure().kind() == FailureKind.STOPPED) {
        throw e;
      }
      console.tell(e.failure());
      console.result(ResultJson.notRecovered(run, e.failure()));
      tally.fail(e.failure());
    }
  }

  /** How many runs ended how, and what the process ends with. */
  private static final class Tally {
    private final Map<Ending, Integer> counts = new EnumMap<>(Ending.class);
    private int failed;
    private ExitCode exitCode = ExitCode.DONE;

    void add(Recovery.Recovered recovered) {
      counts.merge(recovered.completion().ending(), 1, Integer::sum);
      switch (recovered.completion().ending()) {
        case COMPLETED, OVERTAKEN -> {
          // Nothing is left to do.
        }
        case NOT_BEGUN -> end(ExitCode.TRY_AGAIN);
        case GIVEN_UP ->
            end(ExitCode.of(recovered.completion().report().failure().orElseThrow().kind()));
      }
    }

    void fail(Failure failure) {
      failed++;
      end(ExitCode.of(failure.kind()));
    }

    private void end(ExitCode code) {
      exitCode = exitCode == ExitCode.DONE ? code : exitCode;
    }

    boolean isEmpty() {
      return counts.isEmpty() && failed == 0;
    }

    /** {@code {"summary": {runs, completed, not_begun, overtaken, given_up, failed, exitCode}}}. */
    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ObjectNode summary = json.putObject("summary");
      summary.put("runs", counts.values().stream().mapToInt(Integer::intValue).sum() + failed);
      for (Ending ending : Ending.values()) {
        summary.put(ending.name().toLowerCase(Locale.ROOT), counts.getOrDefault(ending, 0));
      }
      summary.put("failed", failed);
      summary.put("exitCode", exitCode.number());
      return json;
    }
  }
}
