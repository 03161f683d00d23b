package io.penstock.spark.run;

import io.penstock.engine.CompiledRun;
import io.penstock.engine.Failure;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.plan.Node;
import io.penstock.plan.Write;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedCheck;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One run: prepare every sink, audit what was written, publish in declared order. */
public final class Execution implements CompiledRun {
  private final Compilation compilation;
  private final RunContext context;
  private final SinkPreparer preparer;

  public Execution(Compilation compilation, RunContext context) {
    this.compilation = compilation;
    this.context = context;
    this.preparer = new SinkPreparer(compilation, context);
  }

  @Override
  public RunPlan plan() {
    return compilation.plan();
  }

  @Override
  public RunReport execute(PublishGate gate, ProgressListener progress) {
    context.enter();
    State state = new State();
    try (KeptRows kept = new KeptRows();
        TaskProgress tasks = TaskProgress.of(context, progress)) {
      tasks.start();
      run(gate, progress, state, kept);
    } catch (Throwable e) {
      state.failure = Optional.of(Failures.of(e));
    }
    return state.report();
  }

  private void run(PublishGate gate, ProgressListener progress, State state, KeptRows kept) {
    for (Node node : compilation.toKeep()) {
      progress.phase("computing " + node.operation() + " (" + node.site() + ") once");
      compilation.keep(node, kept.compute(compilation.frame(node)));
    }
    progress.phase(
        "writing "
            + compilation.sinks().stream()
                .map(sink -> sink.write().sink().path().text())
                .collect(Collectors.joining(", ")));
    state.prepared.addAll(preparer.prepareAll());
    state.inputsRead = true;

    progress.phase("checking");
    state.checks.addAll(audit(state.prepared));
    List<RunReport.Check> failed =
        state.checks.stream().filter(c -> c.status() == RunReport.Status.FAILED).toList();
    if (!failed.isEmpty()) {
      context.rejections().keep(context.runId(), state.prepared);
      state.failure =
          Optional.of(
              Failures.checks(
                  failed,
                  context.runId(),
                  compilation.sinks().stream()
                      .map(sink -> sink.write().sink().path().text())
                      .toList()));
      return;
    }

    progress.phase("publishing");
    gate.publish(
        () -> {
          for (PreparedSink sink : state.prepared) {
            sink.publish();
            state.published++;
          }
        });
  }

  /** Checks of the same rows are evaluated together; results come in the order of the program. */
  private List<RunReport.Check> audit(List<PreparedSink> prepared) {
    IdentityHashMap<Object, List<PlannedCheck>> groups = new IdentityHashMap<>();
    for (PlannedCheck check : compilation.checks()) {
      groups.computeIfAbsent(readBy(check), rows -> new ArrayList<>()).add(check);
    }
    IdentityHashMap<PlannedCheck, RunReport.Check> results = new IdentityHashMap<>();
    Audit audit = new Audit(compilation);
    for (List<PlannedCheck> group : groups.values()) {
      List<RunReport.Check> found = audit.results(group, rows(group.get(0), prepared));
      for (int i = 0; i < group.size(); i++) {
        results.put(group.get(i), found.get(i));
      }
    }
    return compilation.checks().stream().map(results::get).toList();
  }

  /** The step or the sink whose rows a check reads. */
  private static Object readBy(PlannedCheck check) {
    return check.written().<Object>map(written -> written).orElse(check.rows());
  }

  private Dataset<Row> rows(PlannedCheck check, List<PreparedSink> prepared) {
    IdentityHashMap<Write, PreparedSink> sinks = new IdentityHashMap<>();
    prepared.forEach(sink -> sinks.put(sink.write(), sink));
    return check
        .written()
        .map(write -> sinks.get(write).written())
        .orElseGet(() -> compilation.frame(check.rows()));
  }

  /** How far the run has come. */
  private final class State {
    private final List<PreparedSink> prepared = new ArrayList<>();
    private final List<RunReport.Check> checks = new ArrayList<>();
    private boolean inputsRead;
    private int published;
    private Optional<Failure> failure = Optional.empty();

    private RunReport report() {
      List<RunReport.Output> outputs = new ArrayList<>();
      prepared.forEach(sink -> outputs.add(sink.report()));
      return new RunReport(extent(), inputs(), outputs, checks, failure);
    }

    /** Counts of rows that were not all read say nothing. */
    private List<RunReport.Input> inputs() {
      List<RunReport.Input> inputs = compilation.inputReports();
      return inputsRead
          ? inputs
          : inputs.stream()
              .map(
                  input -> new RunReport.Input(input.name(), input.version(), OptionalLong.empty()))
              .toList();
    }

    private Published extent() {
      if (published == 0) {
        return Published.NONE;
      }
      return published == compilation.sinks().size() ? Published.ALL : Published.PARTIAL;
    }
  }
}
