package io.penstock.jobs.check;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.Lake;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.OtherSources;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spec.LakePath;
import io.penstock.spec.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compiles all jobs, each after those that write what it reads. What isn't in the lake yet is taken
 * to be empty, with the columns that its job's plan gives it: so a lake without a row is enough.
 */
public final class Checker {
  private static final Set<FailureKind> KINDS_OF_JOB_FAILURES =
      Set.of(FailureKind.INVALID, FailureKind.DATA, FailureKind.INPUT_MISSING);

  private static final String RUN_ID = "check";

  private final Engine engine;
  private final Lake lake;
  private final JobRegistry jobs;
  private final Arguments arguments;
  private final UnitSelection units;
  private final Map<LakePath, Planned> planned = new LinkedHashMap<>();
  private final Map<LakePath, Boolean> present = new HashMap<>();
  private final Set<String> invalidJobs = new LinkedHashSet<>();

  /** What a job will write: its columns as a schema, and who. */
  private record Planned(String job, String schema, Write write) {}

  public Checker(Engine engine, JobRegistry jobs, Arguments arguments, UnitSelection units) {
    this.engine = engine;
    this.lake = engine.lake();
    this.jobs = jobs;
    this.arguments = arguments;
    this.units = units;
  }

  /** All jobs, in the order of their names. */
  public List<CheckedJob> check() {
    Map<String, CheckedJob> checked = new TreeMap<>();
    Map<String, Pipeline> open = new TreeMap<>();
    jobs.pipelines().forEach(pipeline -> open.put(pipeline.name(), pipeline));
    while (!open.isEmpty()) {
      Pipeline next = next(open);
      open.remove(next.name());
      CheckedJob job = check(next);
      if (!job.isValid()) {
        invalidJobs.add(job.name());
      }
      checked.put(job.name(), job);
    }
    return List.copyOf(checked.values());
  }

  /**
   * One that waits for no other. Of those that wait for each other, because they read each other's
   * past, one that declares the schemas of what it reads.
   */
  private Pipeline next(Map<String, Pipeline> open) {
    return open.values().stream()
        .filter(pipeline -> !waits(pipeline, open.keySet(), source -> true))
        .findFirst()
        .or(
            () ->
                open.values().stream()
                    .filter(pipeline -> !waits(pipeline, open.keySet(), Checker::isUndeclared))
                    .findFirst())
        .orElseGet(() -> open.values().iterator().next());
  }

  private boolean waits(Pipeline pipeline, Set<String> open, Predicate<Source> concerned) {
    return Nodes.reads(pipeline.writes()).stream()
        .map(Node.Read::source)
        .filter(concerned)
        .flatMap(source -> jobs.producersOf(source.path()).stream())
        .map(Pipeline::name)
        .anyMatch(other -> open.contains(other) && !other.equals(pipeline.name()));
  }

  private static boolean isUndeclared(Source source) {
    return source.isTable() && source.schema().isEmpty();
  }

  private boolean isPresent(LakePath table) {
    return present.computeIfAbsent(table, lake::isPresent);
  }

  private CheckedJob check(Pipeline pipeline) {
    List<Problem> problems = new ArrayList<>(units.problemsFor(pipeline));
    problems.addAll(arguments.missingFor(List.of(pipeline)));
    if (!problems.isEmpty()) {
      return result(pipeline, problems, List.of(), List.of(), Map.of());
    }
    Map<LakePath, String> assumed = new LinkedHashMap<>();
    List<String> unchecked = new ArrayList<>();
    for (var read : Nodes.reads(pipeline.writes())) {
      assume(read.source(), pipeline, assumed, unchecked);
      partitionMismatch(read.source())
          .ifPresent(
              message ->
                  problems.add(
                      Problem.at(
                          read,
                          "PARTITION_MISMATCH",
                          message,
                          "read it by the partition that it is written by, or as a whole.")));
    }
    if (!unchecked.isEmpty()) {
      return result(pipeline, problems, unchecked, List.of(), assumed);
    }
    Pipeline compiled =
        new Pipeline(
            pipeline.name(),
            pipeline.description(),
            pipeline.owners(),
            pipeline.parameters(),
            OtherSources.in(pipeline.writes(), this::withPlannedColumns));
    try {
      Task task = units.tasksOf(compiled).get(0);
      RunPlan plan = engine.compile(task.request(arguments, RUN_ID, Instant.EPOCH)).plan();
      remember(pipeline, plan);
      return result(pipeline, problems, List.of(), plan.doubts(), assumed);
    } catch (InvalidPipelineException e) {
      problems.addAll(e.problems());
    } catch (RunFailedException e) {
      Failure failure = e.failure();
      if (!KINDS_OF_JOB_FAILURES.contains(failure.kind())) {
        // The lake can't be read now: that says nothing about the jobs.
        throw e;
      }
      problems.add(Problem.ofPipeline(failure.code(), failure.message(), failure.fix()));
    }
    return result(pipeline, problems, List.of(), List.of(), assumed);
  }

  /**
   * Notes that an absent table will be written by another job, or is unknown since that is invalid.
   */
  private void assume(
      Source source, Pipeline reader, Map<LakePath, String> assumed, List<String> unchecked) {
    if (!source.isTable() || isPresent(source.path())) {
      return;
    }
    Planned known = planned.get(source.path());
    if (known != null) {
      assumed.put(source.path(), known.job());
      return;
    }
    jobs.producersOf(source.path()).stream()
        .filter(
            writer -> invalidJobs.contains(writer.name()) && !writer.name().equals(reader.name()))
        .findFirst()
        .ifPresent(
            writer ->
                unchecked.add(
                    "It reads '%s', which isn't there, and whose job '%s' is not valid."
                        .formatted(source.path(), writer.name())));
  }

  /** For an absent table that its job will partition otherwise than it is read. */
  private Optional<String> partitionMismatch(Source source) {
    Planned written = planned.get(source.path());
    if (written == null || source.window().isEmpty() || isPresent(source.path())) {
      return Optional.empty();
    }
    var read = source.window().orElseThrow().partition();
    var partition = written.write().sink().partition();
    boolean same =
        partition.isPresent() && partition.orElseThrow().columns().equals(read.columns());
    return same
        ? Optional.empty()
        : Optional.of(
            "Cannot read '%s' by %s: the job '%s' writes it %s."
                .formatted(
                    source.path(),
                    read,
                    written.job(),
                    partition.map(by -> "by " + by).orElse("undivided")));
  }

  private Source withPlannedColumns(Source source) {
    return Optional.ofNullable(planned.get(source.path()))
        .filter(written -> !isPresent(source.path()))
        .map(written -> source.assuming(written.schema()))
        .orElse(source)
        .orEmpty();
  }

  private void remember(Pipeline pipeline, RunPlan plan) {
    for (RunPlan.Output output : plan.outputs()) {
      for (Write write : pipeline.writes()) {
        LakePath path = write.sink().path();
        if (!output.schema().isEmpty() && path.text().equals(output.name())) {
          planned.put(path, new Planned(pipeline.name(), output.schema(), write));
        }
      }
    }
  }

  private CheckedJob result(
      Pipeline pipeline,
      List<Problem> problems,
      List<String> unchecked,
      List<RunPlan.Doubt> doubts,
      Map<LakePath, String> assumed) {
    return new CheckedJob(
        pipeline.name(),
        problems,
        unchecked,
        doubts,
        assumed,
        pipeline.writes().stream()
            .map(write -> write.sink().path())
            .distinct()
            .map(path -> new CheckedJob.Output(path, readersOf(path)))
            .toList());
  }

  private List<String> readersOf(LakePath path) {
    return jobs.pipelines().stream()
        .filter(
            reader ->
                Nodes.reads(reader.writes()).stream()
                    .anyMatch(read -> read.source().path().overlaps(path)))
        .map(Pipeline::name)
        .toList();
  }
}
