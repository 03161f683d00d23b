package io.penstock.spark.compile;

import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.Problem;
import io.penstock.plan.StructureCheck;
import io.penstock.plan.Write;
import io.penstock.spark.expressions.Bindings;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Compiles a pipeline for one unit: pins its inputs, analyses every plan, and finds all problems at
 * once. It reads only metadata.
 */
public final class Compiler {
  private final SparkSession session;
  private final LakeRoots roots;
  private final Handlers handlers;

  public Compiler(SparkSession session, LakeRoots roots, Handlers handlers) {
    this.session = session;
    this.roots = roots;
    this.handlers = handlers;
  }

  /**
   * Compiles a run.
   *
   * @param attemptsBefore the number of the latest attempt at the task that has begun
   * @throws InvalidPipelineException with every problem
   */
  public Compilation compile(RunRequest request, long attemptsBefore) {
    ProblemCollector problems = new ProblemCollector();
    List<Write> writes = request.pipeline().writes();
    StructureCheck.Result structure = StructureCheck.check(writes);
    problems.addAll(structure.problems());
    List<Problem> ofParameters = new ArrayList<>();
    Bindings bindings = Bindings.of(request, ofParameters);
    problems.addAll(ofParameters);

    Handlers.Compiling compiling =
        handlers.with(request.pipeline().name(), request.unit(), problems);
    Inputs inputs = new Inputs(compiling.sources());
    Analysis analysis = new Analysis(session, bindings, inputs, StandIns.of(writes), problems);
    structure.unreadable().forEach(analysis::leaveOut);
    analysis.analyse(Nodes.inOrder(writes));
    List<PlannedCheck> expected = new Checks(writes, compiling.sinks()).planned();
    expected.forEach(analysis::check);

    SinkCheck sinkCheck =
        new SinkCheck(compiling.sinks(), roots.sinks(), configuration(), problems);
    List<Write> written = new ArrayList<>();
    List<PlannedSink> sinks = new ArrayList<>();
    for (Write write : structure.writable()) {
      analysis
          .frame(write.rows())
          .ifPresent(
              rows -> {
                written.add(write);
                sinkCheck.plan(write, rows.schema()).ifPresent(sinks::add);
              });
    }
    FrameBuilder frames = analysis.frames();
    Repeatability repeatability = new Repeatability(frames, inputs);
    Variations variations =
        Variations.of(writes, node -> analysis.frame(node).isPresent(), repeatability);
    problems.addAll(variations.problems());
    problems.addAll(new LinkedPaths(roots, configuration()).problems(written, Nodes.reads(writes)));
    refuse(request.pipeline().name(), problems);

    List<PlannedCheck> checks =
        expected.stream().map(check -> check.provedBy(frames.frame(check.rows()))).toList();
    List<Sharing.Decision> decisions =
        Sharing.decide(writes, Checks.readByChecks(checks), frames, repeatability);
    List<RunPlan.Doubt> doubts = new ArrayList<>(variations.doubts());
    doubts.addAll(EqualKeys.of(writes, checks, frames));
    RunPlan plan = plan(request, inputs.all(), sinks, checks, decisions, doubts);
    frames.buildWhole();
    return new Compilation(
        request, attemptsBefore, frames, inputs.all(), sinks, checks, decisions, plan);
  }

  /**
   * The frame of one node, outside a run.
   *
   * @throws InvalidPipelineException with every problem
   */
  public Dataset<Row> view(Node node, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    ProblemCollector problems = new ProblemCollector();
    StructureCheck.Result structure = StructureCheck.check(node, unit);
    problems.addAll(structure.problems());
    Inputs inputs = new Inputs(handlers.with("rows", unit, problems).sources());
    Analysis analysis =
        new Analysis(session, Bindings.of(unit, arguments), inputs, StandIns.none(), problems);
    structure.unreadable().forEach(analysis::leaveOut);
    analysis.analyse(Nodes.from(List.of(node)));
    refuse("rows", problems);
    return analysis.frame(node).orElseThrow();
  }

  private Configuration configuration() {
    return session.sessionState().newHadoopConf();
  }

  private static void refuse(String pipeline, ProblemCollector problems) {
    if (!problems.problems().isEmpty()) {
      throw new InvalidPipelineException(
          pipeline, problems.problems(), problems.missing(), problems.cause());
    }
  }

  private static RunPlan plan(
      RunRequest request,
      List<Inputs.Opened> inputs,
      List<PlannedSink> sinks,
      List<PlannedCheck> checks,
      List<Sharing.Decision> decisions,
      List<RunPlan.Doubt> doubts) {
    return new RunPlan(
        request.pipeline().name(),
        request.pipeline().description(),
        request.unit(),
        inputs.stream().map(opened -> opened.input().description()).toList(),
        sinks.stream().map(sink -> PlannedSink.describe(sink, request.unit())).toList(),
        checks.stream()
            .map(check -> new RunPlan.Check(check.expectation().name(), check.place()))
            .toList(),
        decisions.stream().map(Sharing.Decision::describe).toList(),
        doubts,
        limitedTables(inputs, sinks),
        PlanGraph.of(request.pipeline().writes()));
  }

  /** Each table once, also where it is read several times, or read and written. */
  private static List<RunPlan.LimitedTable> limitedTables(
      List<Inputs.Opened> inputs, List<PlannedSink> sinks) {
    Map<String, List<ReaderLimit>> limits = new LinkedHashMap<>();
    for (Inputs.Opened opened : inputs) {
      limits.put(opened.input().description().name(), opened.input().readerLimits());
    }
    for (PlannedSink sink : sinks) {
      limits.put(sink.write().sink().path().text(), sink.readerLimits());
    }
    return limits.entrySet().stream()
        .filter(table -> !table.getValue().isEmpty())
        .map(table -> new RunPlan.LimitedTable(table.getKey(), table.getValue()))
        .toList();
  }
}
