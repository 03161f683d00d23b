package io.penstock.spark.compile;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Node;
import io.penstock.spark.sink.PlannedSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A valid pipeline, compiled for a unit, with everything that a run needs. */
public final class Compilation {
  private final RunRequest request;
  private final long attemptsBefore;
  private final FrameBuilder frames;
  private final List<Inputs.Opened> inputs;
  private final List<PlannedSink> sinks;
  private final List<PlannedCheck> checks;
  private final List<Sharing.Decision> decisions;
  private final RunPlan plan;

  Compilation(
      RunRequest request,
      long attemptsBefore,
      FrameBuilder frames,
      List<Inputs.Opened> inputs,
      List<PlannedSink> sinks,
      List<PlannedCheck> checks,
      List<Sharing.Decision> decisions,
      RunPlan plan) {
    this.request = request;
    this.attemptsBefore = attemptsBefore;
    this.frames = frames;
    this.inputs = List.copyOf(inputs);
    this.sinks = List.copyOf(sinks);
    this.checks = List.copyOf(checks);
    this.decisions = List.copyOf(decisions);
    this.plan = plan;
  }

  public RunRequest request() {
    return request;
  }

  public RunPlan plan() {
    return plan;
  }

  public List<PlannedSink> sinks() {
    return sinks;
  }

  public List<PlannedCheck> checks() {
    return checks;
  }

  /** The number of the latest attempt at the task that had begun before the inputs were pinned. */
  public long attemptsBefore() {
    return attemptsBefore;
  }

  /** The lake paths of the sinks, in declared order. */
  public List<String> outputs() {
    return sinks.stream().map(sink -> sink.write().sink().path().text()).toList();
  }

  /** The inputs, with what the run has read of them so far. */
  public List<RunReport.Input> inputReports() {
    return inputs.stream().map(Inputs.Opened::report).toList();
  }

  /** The version of each Delta table that is read, by path. */
  public SortedMap<String, Long> inputVersions() {
    SortedMap<String, Long> versions = new TreeMap<>();
    for (Inputs.Opened opened : inputs) {
      RunPlan.Input input = opened.input().description();
      input.version().ifPresent(version -> versions.put(input.name(), version));
    }
    return versions;
  }

  /**
   * Why the delivery of an input isn't complete; empty when all are. Reads rows where it has to.
   */
  public Optional<Failure> undelivered() {
    return inputs.stream().flatMap(opened -> opened.input().undelivered().stream()).findFirst();
  }

  /** A file that has changed since it was listed; empty when none has. */
  public Optional<Path> changedFile(Configuration configuration) throws IOException {
    for (Inputs.Opened opened : inputs) {
      Optional<Path> changed = opened.input().changed(configuration);
      if (changed.isPresent()) {
        return changed;
      }
    }
    return Optional.empty();
  }

  /** What it means that the run failed, where one of its inputs knows more of it. */
  public Optional<Failure> explain(Throwable thrown) {
    List<Failure> explanations =
        inputs.stream().flatMap(opened -> opened.input().explain(thrown).stream()).toList();
    // Of a table that is read several times, the reading of the very unit tells most.
    return explanations.stream()
        .filter(
            failure ->
                failure.cause().orElse(null) instanceof DamagedInputException damaged
                    && !damaged.lacking().units().isEmpty())
        .findFirst()
        .or(() -> explanations.stream().findFirst());
  }

  /** The steps to materialize, in this order. */
  public List<Node> toKeep() {
    return decisions.stream()
        .filter(decision -> decision.evaluation() == RunPlan.Evaluation.ONCE)
        .map(Sharing.Decision::node)
        .toList();
  }

  /** The frame of a step, built on the materialized rows of steps that were {@link #keep kept}. */
  public Dataset<Row> frame(Node node) {
    return frames.frame(node);
  }

  /** The left rows of a join, each with whether it has a match. */
  public Dataset<Row> matched(Node.Join join) {
    return frames.matched(join);
  }

  /** Builds the steps after this one on its materialized rows from now on. */
  public void keep(Node node, Dataset<Row> rows) {
    frames.rebuildOn(node, rows);
  }

  /** A SQL expression with the run's parameters bound. */
  public Column column(String text) {
    return frames.expressions().column(text);
  }
}
