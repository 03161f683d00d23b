package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.jobs.JobRegistry;
import io.penstock.jobs.plan.Task;
import io.penstock.plan.Nodes;
import io.penstock.spec.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says of a task that could not be compiled which command mends it. */
public final class Diagnosis {
  private final JobRegistry jobs;
  private final RepairCommands commands;

  public Diagnosis(JobRegistry jobs, RepairCommands commands) {
    this.jobs = jobs;
    this.commands = commands;
  }

  /** A failure together with the command that mends it. */
  public record Finding(Failure failure, String repair) {}

  /**
   * What an invalid pipeline means for the task. An input that only has to be produced first is
   * {@code INPUT_MISSING}, and the repair produces it; a whole table that nobody produces is one
   * that nobody knows, which no retry mends.
   */
  public Finding of(InvalidPipelineException invalid, Task task) {
    Failure failure = invalid.failure();
    String again = commands.rerun(task);
    if (failure.kind() != FailureKind.INPUT_MISSING) {
      return new Finding(failure, again);
    }
    List<String> producing = new ArrayList<>();
    for (MissingInput missing : invalid.missingInputs()) {
      Optional<Pipeline> producer = jobs.producersOf(missing.path()).stream().findFirst();
      if (producer.isPresent()) {
        producing.add(command(producer.orElseThrow(), missing, task));
      } else if (missing.units().isEmpty()) {
        return new Finding(unknown(failure), again);
      }
    }
    return producing.isEmpty()
        ? new Finding(failure, again)
        : finding(failure, producing.stream().distinct().toList());
  }

  private static Finding finding(Failure failure, List<String> producing) {
    String repair = String.join(" && ", producing);
    return new Finding(
        new Failure(
            failure.kind(),
            failure.code(),
            failure.message(),
            "first run: " + repair + "; or run this job with --with-upstream.",
            failure.cause()),
        repair);
  }

  private static Failure unknown(Failure failure) {
    return new Failure(
        FailureKind.INVALID, failure.code(), failure.message(), failure.hint(), failure.cause());
  }

  private String command(Pipeline producer, MissingInput missing, Task task) {
    List<Interval> units = missing.units().isEmpty() ? unitsRead(missing, task) : missing.units();
    return commands.run(
        producer,
        producer.partition().stream()
            .flatMap(partition -> units.stream().flatMap(unit -> partition.unitsIn(unit).stream()))
            .distinct()
            .sorted(Comparator.comparing(Interval::from))
            .toList());
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
