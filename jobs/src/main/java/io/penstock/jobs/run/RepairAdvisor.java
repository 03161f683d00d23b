package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Nodes;
import io.penstock.spec.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the command that repairs a failed task, or shows what was wrong. */
public final class RepairAdvisor {
  private final JobRegistry jobs;
  private final RepairCommands commands;
  private final TaskBatch.UpstreamMode upstream;

  /**
   * @param upstream what the command does about missing inputs: the other mode is proposed
   */
  public RepairAdvisor(JobRegistry jobs, RepairCommands commands, TaskBatch.UpstreamMode upstream) {
    this.jobs = jobs;
    this.commands = commands;
    this.upstream = upstream;
  }

  /** A failure together with the command that repairs it. */
  public record Advice(Failure failure, String repair) {}

  /**
   * What the failure of a run means for its task: how to look at rejected rows, if there are any,
   * and how to restore a damaged input.
   */
  Advice of(Failure failure, RunReport report, String runId, Task task) {
    if (failure.cause().orElse(null) instanceof DamagedInputException damaged) {
      return of(damaged, task);
    }
    boolean rejected =
        report.checks().stream().anyMatch(check -> check.status() == RunReport.Status.FAILED);
    Failure explained =
        rejected ? withFix(failure, rejectedRowsFix(failure, report, runId)) : failure;
    if (failure.kind() == FailureKind.OVERTAKEN) {
      return new Advice(failure, commands.rerun(task));
    }
    String recover = commands.recover(task.pipeline().name());
    String completing =
        switch (report.published()) {
          case NONE, ALL -> "";
          case PARTIAL ->
              "\nWhat is computed already can be published without computing it again:\n  %s"
                  .formatted(recover);
          case UNKNOWN ->
              "\nHow much is published can be found out, and the rest published without computing it again:\n  %s"
                  .formatted(recover);
        };
    return new Advice(withFix(explained, explained.fix() + completing), commands.rerun(task));
  }

  /** What a failure to compile or to run the task means for it. */
  public Advice of(Throwable thrown, Task task) {
    if (thrown instanceof InvalidPipelineException invalid) {
      return of(invalid, task);
    }
    if (thrown instanceof DamagedInputException damaged) {
      return of(damaged, task);
    }
    return new Advice(RunErrors.unexpected(thrown), commands.rerun(task));
  }

  /** What a damaged input means for the task: the repair produces the lost part again. */
  private Advice of(DamagedInputException damaged, Task task) {
    Failure failure = damaged.failure().causedBy(damaged);
    return jobs.producersOf(damaged.lacking().path()).stream()
        .findFirst()
        .map(producer -> commands.run(producer, unitsOf(producer, damaged.lacking(), task)))
        .map(repair -> new Advice(withFix(failure, produced(failure, repair)), repair))
        .orElseGet(() -> new Advice(failure, commands.rerun(task)));
  }

  private static String produced(Failure failure, String repair) {
    return failure.fix() + " That is produced by:\n  " + repair;
  }

  private String rejectedRowsFix(Failure failure, RunReport report, String runId) {
    return report.outputs().stream()
        .map(output -> "\n  " + commands.showRejected(output.name(), runId))
        .collect(Collectors.joining("", failure.fix() + " Look at what was refused:", ""));
  }

  /**
   * What an invalid pipeline means for the task. An input that only has to be produced first is
   * {@code INPUT_MISSING}, and the repair produces it; a whole table that no job produces is
   * unknown, and no retry helps.
   */
  private Advice of(InvalidPipelineException invalid, Task task) {
    Failure failure = invalid.failure();
    String again = commands.rerun(task);
    if (failure.kind() != FailureKind.INPUT_MISSING) {
      return new Advice(failure, again);
    }
    List<String> producing = new ArrayList<>();
    boolean addable = true;
    for (MissingInput missing : invalid.missingInputs()) {
      Optional<Pipeline> producer = jobs.producersOf(missing.path()).stream().findFirst();
      if (producer.isPresent()) {
        List<Interval> units = unitsOf(producer.orElseThrow(), missing, task);
        producing.add(commands.run(producer.orElseThrow(), units));
        addable &= producer.orElseThrow().partition().isEmpty() || !units.isEmpty();
      } else if (missing.state() == MissingInput.State.UNKNOWN) {
        return new Advice(invalid.failureForGood(), again);
      }
    }
    return producing.isEmpty()
        ? new Advice(failure, again)
        : produceFirst(
            failure,
            String.join(" && ", producing.stream().distinct().toList()),
            addable && upstream == TaskBatch.UpstreamMode.LEAVE_OUT
                ? commands.rerunWithUpstream(task)
                : Optional.empty());
  }

  private static Advice produceFirst(
      Failure failure, String repair, Optional<String> withUpstream) {
    String alternative = withUpstream.map(command -> "\nor all in one:\n  " + command).orElse("");
    return new Advice(withFix(failure, "first run:\n  " + repair + alternative), repair);
  }

  private static Failure withFix(Failure failure, String fix) {
    return new Failure(failure.kind(), failure.code(), failure.message(), fix, failure.cause());
  }

  /** The units of the producer that hold what is missing, in order. */
  private static List<Interval> unitsOf(Pipeline producer, MissingInput missing, Task task) {
    List<Interval> units = missing.units().isEmpty() ? unitsRead(missing, task) : missing.units();
    return producer.partition().stream()
        .flatMap(partition -> units.stream().flatMap(unit -> partition.unitsIn(unit).stream()))
        .distinct()
        .sorted(Comparator.comparing(Interval::from))
        .toList();
  }

  /** Without a table the lake can't tell which units are missing: all that are read. */
  private static List<Interval> unitsRead(MissingInput missing, Task task) {
    return Nodes.reads(task.pipeline().writes()).stream()
        .filter(read -> read.source().path().equals(missing.path()))
        .flatMap(read -> read.source().window().stream())
        .flatMap(window -> task.unit().stream().flatMap(unit -> window.unitsFor(unit).stream()))
        .toList();
  }
}
