package io.penstock.spark.engine;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.Lake;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunRequest;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.Compiler;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.export.Exports;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.kinds.PublishedKinds;
import io.penstock.spark.publication.Journal;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.Steps;
import io.penstock.spark.run.AttemptNumbers;
import io.penstock.spark.run.Execution;
import io.penstock.spark.run.Rejections;
import io.penstock.spark.run.RunContext;
import io.penstock.spark.run.TaskScope;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;

/** The engine on one lake. Several engines of a process share its Spark session. */
final class SparkEngine implements Engine {
  private final SparkSession session;
  private final LakeRoots roots;
  private final LakeRoot written;
  private final DeltaTables tables;
  private final Exports exports;
  private final Rejections rejections;
  private final Kinds kinds;
  private final Publications publications;
  private final String jobGroup = "penstock-" + java.util.UUID.randomUUID();
  private final LateJobs lateJobs;

  /**
   * @param steps told of the steps of every run
   * @param clock tells how old attempts are, and selects no data
   */
  SparkEngine(SparkSession session, LakeRoots roots, Steps steps, Clock clock) {
    Configuration configuration = session.sessionState().newHadoopConf();
    this.session = session;
    this.roots = roots;
    this.written = roots.sinks();
    this.lateJobs = new LateJobs(session.sparkContext(), jobGroup);
    this.tables = DeltaTables.on(session).inJobGroup(jobGroup);
    this.exports = new Exports(configuration);
    this.rejections = new Rejections(written, configuration, Kinds.REJECTED);
    this.kinds = new Kinds(session, roots, tables, exports);
    this.publications =
        new Publications(
            new PublishedKinds(written, tables::log, exports, configuration),
            new Journal(written, configuration, PublishedKinds.JOURNALLED),
            steps,
            clock);
  }

  @Override
  public CompiledRun compile(RunRequest request) {
    return Failures.classified(
        () -> {
          AttemptNumbers attempts =
              new AttemptNumbers(request, written, session.sessionState().newHadoopConf());
          TaskScope scope = scope();
          RunContext context = new RunContext(request, scope, rejections, attempts, publications);
          Compiler compiler = compiler(scope);
          Supplier<Compilation> compile =
              () -> scope.compiling(request, () -> compiler.compile(request, attempts.last()));
          return new Execution(compile.get(), compile, context);
        });
  }

  private Compiler compiler(TaskScope scope) {
    SparkSession own = scope.session();
    return new Compiler(own, roots, new Kinds(own, roots, tables.in(own), exports));
  }

  /** A scope of the task's own: its views, functions and settings end with it. */
  private TaskScope scope() {
    // A program that embeds the engine may have changed these since, or before.
    Sessions.requireSuitedLocale();
    TaskScope scope =
        TaskScope.of(session, Sessions.REQUIRED, AllowedSettings::decidesAboutRows, jobGroup);
    AllowedSettings.require(scope.session());
    return scope;
  }

  @Override
  public RowsView view(Rows rows, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    return Failures.classified(
        () -> {
          session.sparkContext().setJobGroup(jobGroup, "rows", true);
          TaskScope scope = scope();
          Compiler compiler = compiler(scope);
          return new SparkRowsView(
              scope.within("rows", shared -> compiler.view(rows.plan(), unit, arguments)),
              rows.plan());
        });
  }

  @Override
  public Lake lake() {
    session.sparkContext().setJobGroup(jobGroup, "lake", true);
    return new SparkLake(session, written, tables, kinds, rejections, publications);
  }

  @Override
  public void stop() {
    // Before the cancellation, so that no job can start unseen between the two.
    session.sparkContext().addSparkListener(lateJobs);
    session.sparkContext().cancelJobGroupAndFutureJobs(jobGroup);
  }

  @Override
  public void close() {
    // The session belongs to the process: other engines may use it, and the process ends with it.
    session.sparkContext().removeSparkListener(lateJobs);
  }
}
