package io.penstock.spark.compile;

import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.Problem;
import io.penstock.plan.StructureCheck;
import io.penstock.plan.Write;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Compiles a pipeline for one unit: pins its inputs, analyses every plan, and finds all problems at
 * once. It reads metadata and no row of data.
 */
public final class Compiler {
  private final SparkSession session;
  private final LakeRoots roots;
  private final DeltaTables tables;

  public Compiler(SparkSession session, LakeRoots roots, DeltaTables tables) {
    this.session = session;
    this.roots = roots;
    this.tables = tables;
  }

  /**
   * Compiles a run.
   *
   * @param attemptsBefore the number of the latest attempt of the task that has begun
   * @throws InvalidPipelineException with every problem
   */
  public Compilation compile(RunRequest request, long attemptsBefore) {
    Findings findings = new Findings();
    List<Write> writes = request.pipeline().writes();
    StructureCheck.Result structure = StructureCheck.check(writes);
    findings.addAll(structure.problems());
    List<Problem> ofParameters = new ArrayList<>();
    Bindings bindings = Bindings.of(request, ofParameters);
    findings.addAll(ofParameters);

    PinnedTables read = new PinnedTables(tables, roots.sources());
    Inputs inputs = inputs(read, request.unit(), findings);
    Analysis analysis = new Analysis(session, bindings, inputs, findings);
    structure.unreadable().forEach(analysis::leaveOut);
    analysis.analyse(Nodes.inOrder(writes));
    List<PlannedCheck> expected = Checks.of(writes);
    expected.forEach(analysis::check);

    PinnedTables written =
        roots.sinks().equals(roots.sources()) ? read : new PinnedTables(tables, roots.sinks());
    SinkCheck sinkCheck =
        new SinkCheck(request.pipeline().name(), written, roots.sinks(), configuration(), findings);
    List<PlannedSink> sinks = new ArrayList<>();
    for (Write write : structure.writable()) {
      analysis
          .frame(write.rows())
          .ifPresent(rows -> sinks.add(sinkCheck.plan(write, rows.schema())));
    }
    FrameBuilder frames = analysis.frames();
    Repeatability repeatability = new Repeatability(frames);
    Variations variations =
        Variations.of(writes, node -> analysis.frame(node).isPresent(), repeatability);
    findings.addAll(variations.problems());
    findings.addAll(new LinkedPlaces(roots, configuration()).problems(sinks, Nodes.reads(writes)));
    refuse(request.pipeline().name(), findings);

    List<PlannedCheck> checks =
        expected.stream().map(check -> check.provedBy(frames.frame(check.rows()))).toList();
    List<Sharing.Decision> decisions =
        Sharing.decide(writes, Checks.readByChecks(checks), frames, repeatability);
    return new Compilation(
        request,
        attemptsBefore,
        frames,
        inputs.all(),
        sinks,
        checks,
        decisions,
        plan(request, inputs.all(), sinks, checks, decisions, variations.doubts()));
  }

  /**
   * The frame of one node, outside of any run.
   *
   * @throws InvalidPipelineException with every problem
   */
  public Dataset<Row> view(Node node, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    Findings findings = new Findings();
    StructureCheck.Result structure = StructureCheck.check(node, unit);
    findings.addAll(structure.problems());
    Inputs inputs = inputs(new PinnedTables(tables, roots.sources()), unit, findings);
    Analysis analysis = new Analysis(session, Bindings.of(unit, arguments), inputs, findings);
    structure.unreadable().forEach(analysis::leaveOut);
    analysis.analyse(Nodes.from(List.of(node)));
    refuse("rows", findings);
    return analysis.frame(node).orElseThrow();
  }

  private Inputs inputs(PinnedTables pinned, Optional<Interval> unit, Findings findings) {
    LakeRoot root = roots.sources();
    return new Inputs(
        new DeltaInputs(session, pinned, root, unit, findings),
        new FileInputs(session, root, unit, findings));
  }

  private Configuration configuration() {
    return session.sessionState().newHadoopConf();
  }

  private static void refuse(String pipeline, Findings findings) {
    if (!findings.problems().isEmpty()) {
      throw new InvalidPipelineException(
          pipeline, findings.problems(), findings.missing(), findings.cause());
    }
  }

  private static RunPlan plan(
      RunRequest request,
      List<OpenedInput> inputs,
      List<PlannedSink> sinks,
      List<PlannedCheck> checks,
      List<Sharing.Decision> decisions,
      List<RunPlan.Doubt> doubts) {
    return new RunPlan(
        request.pipeline().name(),
        request.pipeline().description(),
        request.unit(),
        inputs.stream().map(OpenedInput::description).toList(),
        sinks.stream().map(sink -> sink.describe(request.unit())).toList(),
        checks.stream()
            .map(check -> new RunPlan.Check(check.expectation().name(), check.place()))
            .toList(),
        decisions.stream().map(Sharing.Decision::describe).toList(),
        doubts,
        PlanGraph.of(request.pipeline().writes()));
  }
}
