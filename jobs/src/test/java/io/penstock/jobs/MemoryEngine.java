package io.penstock.jobs;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Nodes;
import io.penstock.plan.Problem;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine that computes nothing, but keeps the contract of engines ({@link
 * MemoryEngineContractTest}): it remembers what was published, refuses what reads missing units,
 * and passes the gate. Tests make its runs fail, or do something in the middle of them; what runs
 * find, tests put into its lake.
 */
public final class MemoryEngine implements Engine, EngineProvider {
  private final MemoryLake lake = new MemoryLake();
  private final Map<String, Failure> failures = new HashMap<>();
  private final Map<String, RunReport.Published> publishedByFailures = new HashMap<>();
  private final Map<String, List<RunPlan.Doubt>> doubts = new HashMap<>();
  private final List<String> executed = new ArrayList<>();
  private final List<EngineSettings> opened = new ArrayList<>();
  private Runnable whileOpening = () -> {};
  private Runnable whileClosing = () -> {};
  private Runnable whileComputing = () -> {};
  private Runnable whilePublishing = () -> {};
  private Runnable afterPublishing = () -> {};
  private Map<String, TypedValue> values = Map.of();
  private boolean stopped;

  /** Plans of the job come with these doubts. */
  public MemoryEngine doubting(String job, RunPlan.Doubt... of) {
    doubts.put(job, List.of(of));
    return this;
  }

  /** Runs of the job end with the failure, before they publish. */
  public MemoryEngine failing(String job, Failure failure) {
    failures.put(job, failure);
    return this;
  }

  /** Runs of the job end with the failure, when a part of their output is published. */
  public MemoryEngine failingHalfPublished(String job, Failure failure) {
    failures.put(job, failure);
    publishedByFailures.put(job, RunReport.Published.PARTIAL);
    return this;
  }

  /** Runs of the job end with the failure, and nobody can tell how much is published. */
  public MemoryEngine failingInTheDark(String job, Failure failure) {
    failures.put(job, failure);
    publishedByFailures.put(job, RunReport.Published.UNKNOWN);
    return this;
  }

  public MemoryEngine failingToOpen(Throwable throwable) {
    return whileOpening(() -> Undeclared.raise(throwable));
  }

  public MemoryEngine whileOpening(Runnable action) {
    whileOpening = action;
    return this;
  }

  public MemoryEngine failingToClose(Throwable throwable) {
    return whileClosing(() -> Undeclared.raise(throwable));
  }

  public MemoryEngine whileClosing(Runnable action) {
    whileClosing = action;
    return this;
  }

  public MemoryEngine whileComputing(Runnable action) {
    whileComputing = action;
    return this;
  }

  public MemoryEngine whilePublishing(Runnable action) {
    whilePublishing = action;
    return this;
  }

  public MemoryEngine afterPublishing(Runnable action) {
    afterPublishing = action;
    return this;
  }

  /** The runs that published, {@code job [from, to)}, in order. */
  public List<String> executed() {
    return List.copyOf(executed);
  }

  public List<EngineSettings> opened() {
    return List.copyOf(opened);
  }

  /** The values of the parameters of the latest run or plan. */
  public Map<String, TypedValue> values() {
    return values;
  }

  public synchronized boolean isStopped() {
    return stopped;
  }

  @Override
  public Engine open(EngineSettings settings) {
    whileOpening.run();
    opened.add(settings);
    return this;
  }

  @Override
  public CompiledRun compile(RunRequest request) {
    values = request.arguments();
    List<Problem> problems = new ArrayList<>();
    List<MissingInput> missing = new ArrayList<>();
    for (var read : Nodes.reads(request.pipeline().writes())) {
      lake.missing(read.source(), request.unit())
          .ifPresent(
              input -> {
                missing.add(input);
                problems.add(
                    Problem.at(
                        read,
                        input.state() == MissingInput.State.UNKNOWN
                            ? "UNKNOWN_TABLE"
                            : "INPUT_MISSING",
                        "Cannot read '%s': it is not there.".formatted(input.path()),
                        "produce it first."));
              });
    }
    if (!problems.isEmpty()) {
      throw new InvalidPipelineException(request.pipeline().name(), problems, missing);
    }
    return new MemoryRun(this, request);
  }

  /** What plans and reports of the job doubt. */
  List<RunPlan.Doubt> doubts(String job) {
    return doubts.getOrDefault(job, List.of());
  }

  /** What runs of the job end with, if they fail. */
  Optional<Failure> failure(String job) {
    return Optional.ofNullable(failures.get(job));
  }

  /** How much is published when runs of the job fail. */
  RunReport.Published publishedByFailure(String job) {
    return publishedByFailures.getOrDefault(job, RunReport.Published.NONE);
  }

  /** A run computes. */
  void computing() {
    whileComputing.run();
  }

  /** A run has passed the gate, and nothing of it is published yet. */
  void publishing() {
    whilePublishing.run();
  }

  /** All that a run wrote is published. */
  void remember(RunRequest request) {
    executed.add(request.pipeline().name() + request.unit().map(u -> " " + u).orElse(""));
  }

  /** A run has published, and doesn't hold the gate any more. */
  void published() {
    afterPublishing.run();
  }

  @Override
  public RowsView view(Rows rows, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    throw new UnsupportedOperationException("This engine computes nothing.");
  }

  @Override
  public MemoryLake lake() {
    return lake;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    whileClosing.run();
  }
}
