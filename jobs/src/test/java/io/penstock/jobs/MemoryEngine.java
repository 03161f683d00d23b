package io.penstock.jobs;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.Lake;
import io.penstock.engine.Leftover;
import io.penstock.engine.MissingInput;
import io.penstock.engine.Preview;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spec.CsvSink;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An engine that computes nothing, but keeps the contract of engines ({@link
 * MemoryEngineContractTest}): it remembers what was published, refuses what reads missing units,
 * and passes the gate.
 */
public final class MemoryEngine implements Engine, EngineProvider, Lake {
  private final Map<String, Set<Interval>> tables = new HashMap<>();
  private final Set<String> emptied = new HashSet<>();
  private final Map<String, Failure> failures = new HashMap<>();
  private final Map<String, RunReport.Published> publishedByFailures = new HashMap<>();
  private final Map<String, List<RunPlan.Doubt>> doubts = new HashMap<>();
  private final List<String> executed = new ArrayList<>();
  private final Map<String, String> records = new LinkedHashMap<>();
  private final List<String> settled = new ArrayList<>();
  private final Map<String, Map<List<PartitionValue>, CurrentExport>> exports = new HashMap<>();
  private final List<Leftover> leftovers = new ArrayList<>();
  private final List<Cleaning.Skipped> skipped = new ArrayList<>();
  private final List<UnfinishedRun> unfinished = new ArrayList<>();
  private final List<EngineSettings> opened = new ArrayList<>();
  private Runnable whileOpening = () -> {};
  private Runnable whileClosing = () -> {};
  private Runnable whileComputing = () -> {};
  private Runnable whilePublishing = () -> {};
  private Runnable afterPublishing = () -> {};
  private Optional<Throwable> whenRecording = Optional.empty();
  private Map<String, TypedValue> values = Map.of();
  private boolean stopped;

  /** The table is there, with these units (none: a table that isn't divided). */
  public MemoryEngine holding(String table, Interval... units) {
    tables.computeIfAbsent(table, path -> new HashSet<>()).addAll(List.of(units));
    return this;
  }

  /** The table is there, and what was in it was taken out. */
  public MemoryEngine emptied(String table) {
    tables.remove(table);
    emptied.add(table);
    return this;
  }

  /** The export is there, in these versions. */
  public MemoryEngine publishing(String export, CurrentExport... versions) {
    for (CurrentExport version : versions) {
      exports
          .computeIfAbsent(export, path -> new LinkedHashMap<>())
          .put(version.partition(), version);
    }
    return this;
  }

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
    return whileOpening(() -> raise(throwable));
  }

  public MemoryEngine whileOpening(Runnable action) {
    whileOpening = action;
    return this;
  }

  public MemoryEngine failingToRecord(Throwable throwable) {
    whenRecording = Optional.of(throwable);
    return this;
  }

  public MemoryEngine failingToClose(Throwable throwable) {
    return whileClosing(() -> raise(throwable));
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

  /** Throws anything without declaring it, as code in Scala does. */
  public static void raise(Throwable throwable) {
    MemoryEngine.<RuntimeException>raiseAs(throwable);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raiseAs(Throwable throwable) throws T {
    throw (T) throwable;
  }

  /** The runs that published, {@code job [from, to)}, in order. */
  public List<String> executed() {
    return List.copyOf(executed);
  }

  /** One a run, the latest. */
  public List<String> records() {
    return List.copyOf(records.values());
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
      missing(read.source(), request.unit())
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
    return new Run(request);
  }

  private Optional<MissingInput> missing(Source source, Optional<Interval> unit) {
    if (!(source instanceof DeltaSource table)) {
      return Optional.empty();
    }
    boolean absenceAccepted = source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY;
    if (!isPresent(source.path())) {
      return absenceAccepted && table.schema().isPresent()
          ? Optional.empty()
          : Optional.of(missingWhole(source.path()));
    }
    if (absenceAccepted) {
      return Optional.empty();
    }
    List<Interval> units =
        source
            .window()
            .map(w -> missingUnits(source.path(), w.partition(), w.unitsFor(unit.orElseThrow())))
            .orElse(List.of());
    return units.isEmpty() ? Optional.empty() : Optional.of(new MissingInput(source.path(), units));
  }

  private MissingInput missingWhole(LakePath table) {
    return emptied.contains(table.text())
        ? new MissingInput(table, List.of())
        : MissingInput.unknownTable(table);
  }

  private final class Run implements CompiledRun {
    private final RunRequest request;

    Run(RunRequest request) {
      this.request = request;
    }

    @Override
    public RunPlan plan() {
      Pipeline pipeline = request.pipeline();
      return new RunPlan(
          pipeline.name(),
          pipeline.description(),
          request.unit(),
          Nodes.reads(pipeline.writes()).stream()
              .map(
                  read ->
                      new RunPlan.Input(
                          read.source().path().text(),
                          read.source().format(),
                          OptionalLong.of(3),
                          labels(read.source().window().map(w -> w.partition())),
                          2,
                          1536))
              .toList(),
          pipeline.writes().stream()
              .map(
                  write ->
                      RunPlan.Output.of(
                              write.sink(),
                              labels(write.sink().partition()),
                              isThere(write.sink().path())
                                  ? RunPlan.Target.PRESENT
                                  : RunPlan.Target.TO_BE_CREATED)
                          .withSchema("day DATE, n INT"))
              .toList(),
          List.of(new RunPlan.Check("unique(day)", "expect (Jobs.java:1)")),
          List.of(
              new RunPlan.Shared(
                  "aggregate (Jobs.java:2)", RunPlan.Evaluation.ONCE, "two sinks read it")),
          doubts.getOrDefault(pipeline.name(), List.of()),
          PlanGraph.of(pipeline.writes()));
    }

    @Override
    public RunReport execute(PublishGate gate, ProgressListener progress) {
      String job = request.pipeline().name();
      progress.phase("writing " + job);
      progress.tasks(1, 2);
      whileComputing.run();
      if (isStopped()) {
        return report(RunReport.Published.NONE, Optional.of(cancelled()));
      }
      if (failures.containsKey(job)) {
        return report(
            publishedByFailures.getOrDefault(job, RunReport.Published.NONE),
            Optional.of(failures.get(job)));
      }
      try {
        gate.publish(this::commit);
      } catch (RunFailedException e) {
        return report(RunReport.Published.NONE, Optional.of(e.failure()));
      }
      afterPublishing.run();
      return report(RunReport.Published.ALL, Optional.empty());
    }

    @Override
    public void settle() {
      forget(request.runId());
    }

    private void commit() {
      whilePublishing.run();
      unfinished.removeAll(unfinished(request.pipeline(), request.unit()));
      leftBehind(
          request.pipeline().name(),
          request.runId(),
          request.unit(),
          () ->
              new Completion(Ending.COMPLETED, report(RunReport.Published.ALL, Optional.empty())));
      for (Write write : request.pipeline().writes()) {
        write.sink().accept(new Publication(request));
      }
      executed.add(request.pipeline().name() + request.unit().map(u -> " " + u).orElse(""));
    }

    private RunReport report(RunReport.Published published, Optional<Failure> failure) {
      boolean passed = failure.stream().noneMatch(why -> why.kind() == FailureKind.DATA);
      return new RunReport(
          published,
          Nodes.reads(request.pipeline().writes()).stream()
              .map(
                  read ->
                      new RunReport.Input(
                          read.source().path().text(),
                          OptionalLong.of(3),
                          OptionalLong.of(10),
                          2,
                          2048,
                          0,
                          Optional.empty()))
              .toList(),
          request.pipeline().writes().stream()
              .map(
                  write ->
                      new RunReport.Output(
                          write.sink().path().text(),
                          write.sink().format(),
                          "/lake/" + write.sink().path(),
                          labels(write.sink().partition()),
                          6,
                          1,
                          1024,
                          1250,
                          failure.isEmpty() && write.sink() instanceof DeltaSink
                              ? OptionalLong.of(4)
                              : OptionalLong.empty()))
              .toList(),
          List.of(
              new RunReport.Check(
                  "unique(day)",
                  "expect (Jobs.java:1)",
                  passed ? RunReport.Status.PASSED : RunReport.Status.FAILED,
                  6,
                  passed ? 0 : 2,
                  passed ? List.of() : List.of("day=2026-03-01"))),
          doubts.getOrDefault(request.pipeline().name(), List.of()),
          failure);
    }

    private List<String> labels(Optional<Partition> partition) {
      return partition.stream()
          .flatMap(p -> p.unitsIn(request.unit().orElseThrow()).stream().map(p::label))
          .toList();
    }
  }

  /** Makes what a run wrote visible. */
  private final class Publication implements Sink.Visitor<MemoryEngine> {
    private final RunRequest request;

    Publication(RunRequest request) {
      this.request = request;
    }

    @Override
    public MemoryEngine visitDelta(DeltaSink sink) {
      return holding(
          sink.path().text(),
          sink.partition().flatMap(partition -> request.unit()).stream().toArray(Interval[]::new));
    }

    @Override
    public MemoryEngine visitCsv(CsvSink sink) {
      List<PartitionValue> values = new ArrayList<>();
      sink.partition()
          .ifPresent(
              partition -> {
                List<TypedValue> unit = partition.valuesOf(request.unit().orElseThrow());
                for (int i = 0; i < unit.size(); i++) {
                  values.add(
                      new PartitionValue(partition.columnNames().get(i), unit.get(i).text()));
                }
              });
      return publishing(
          sink.path().text(),
          new CurrentExport(
              request.runId(),
              values,
              sink.form().profile(),
              sink.form().compression(),
              List.of(new CurrentExport.Column("n", "INT")),
              List.of(new CurrentExport.File("file:/lake/" + sink.path() + ".csv", 6, 1024))));
    }
  }

  private static Failure cancelled() {
    return new Failure(
        FailureKind.TRY_AGAIN, "CANCELLED", "The engine was stopped.", "run it again.");
  }

  /** The outcome of a run is recorded. */
  private void forget(String runId) {
    settled.add(runId);
    unfinished.removeIf(run -> run.runId().equals(runId));
  }

  @Override
  public boolean isPresent(LakePath table) {
    return tables.containsKey(table.text());
  }

  /** Whether a table or an export is there. */
  private boolean isThere(LakePath path) {
    return isPresent(path) || hasExport(path);
  }

  @Override
  public List<Interval> missingUnits(LakePath table, Partition partition, List<Interval> units) {
    Set<Interval> present = tables.getOrDefault(table.text(), Set.of());
    return units.stream().filter(unit -> !present.contains(unit)).toList();
  }

  @Override
  public Preview show(
      LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun) {
    requireThere(path);
    List<List<Optional<String>>> rows =
        List.of(
            List.of(Optional.of("검색"), Optional.of("12")),
            List.of(Optional.of("line\nbreak " + where.orElse("")), Optional.empty()),
            List.of(Optional.of("e-mail"), Optional.of("3")));
    return new Preview(
        List.of("channel", "users"),
        List.of("STRING", "BIGINT"),
        rows.subList(0, Math.min(limit, rows.size())),
        limit < rows.size());
  }

  private void requireThere(LakePath path) {
    if (!isThere(path)) {
      throw RunFailedException.usage(
          "NOTHING_TO_SHOW",
          "There is nothing at '%s'.".formatted(path),
          "name a table or an export.");
    }
  }

  @Override
  public boolean hasExport(LakePath path) {
    return exports.containsKey(path.text());
  }

  @Override
  public List<CurrentExport> currentExports(LakePath export) {
    if (!exports.containsKey(export.text())) {
      throw RunFailedException.usage(
          "NO_EXPORT", "There is no export at '%s'.".formatted(export), "name an export.");
    }
    return List.copyOf(exports.get(export.text()).values());
  }

  @Override
  public void record(String pipeline, String runId, String json) {
    whenRecording.ifPresent(MemoryEngine::raise);
    records.put(pipeline + " " + runId, json);
  }

  @Override
  public Optional<String> recordOf(String pipeline, String runId) {
    return Optional.ofNullable(records.get(pipeline + " " + runId));
  }

  @Override
  public List<UnfinishedRun> unfinished() {
    return List.copyOf(unfinished);
  }

  @Override
  public List<UnfinishedRun> unfinished(Pipeline pipeline, Optional<Interval> unit) {
    return unfinished.stream()
        .filter(run -> run.pipeline().equals(pipeline.name()) && run.unit().equals(unit))
        .toList();
  }

  @Override
  public Cleaning cleaning(List<LakePath> paths, Duration age) {
    paths.forEach(this::requireThere);
    if (age.compareTo(Cleaning.LEAST_AGE) < 0) {
      throw RunFailedException.usage("TOO_YOUNG", "A run may still need it.", "wait.");
    }
    List<Leftover> found =
        leftovers.stream()
            .filter(
                leftover ->
                    paths.isEmpty()
                        || paths.stream().anyMatch(p -> leftover.path().startsWith(p.text())))
            .toList();
    return new Cleaning() {
      @Override
      public List<Leftover> leftovers() {
        return found;
      }

      @Override
      public List<Skipped> skipped() {
        return List.copyOf(skipped);
      }

      @Override
      public List<UnfinishedRun> unfinished() {
        return List.copyOf(unfinished);
      }

      @Override
      public void remove() {
        leftovers.removeAll(found);
      }
    };
  }

  /** The table or export can't be looked through. */
  public MemoryEngine unreadable(String path, Failure failure) {
    skipped.add(new Cleaning.Skipped(path, failure));
    return this;
  }

  /** Things that nobody needs any more, until they are removed. */
  public List<Leftover> leftovers() {
    return leftovers;
  }

  /** A run that died over its publication, of which it was found out what becomes of it. */
  public MemoryEngine leftBehind(
      String pipeline, String runId, Optional<Interval> unit, Supplier<Completion> completion) {
    unfinished.add(new LeftBehind(pipeline, runId, unit, completion, () -> forget(runId)));
    return this;
  }

  /** The runs that were forgotten because their outcome was recorded, in that order. */
  public List<String> settled() {
    return List.copyOf(settled);
  }

  @Override
  public RowsView view(Rows rows, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    throw new UnsupportedOperationException("This engine computes nothing.");
  }

  @Override
  public Lake lake() {
    return this;
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
