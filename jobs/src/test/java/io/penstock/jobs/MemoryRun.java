package io.penstock.jobs;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.Write;
import io.penstock.spec.CsvSink;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A run that publishes units without rows, and always reports the same numbers. */
final class MemoryRun implements CompiledRun {
  private final MemoryEngine engine;
  private final MemoryLake lake;
  private final RunRequest request;

  MemoryRun(MemoryEngine engine, RunRequest request) {
    this.engine = engine;
    lake = engine.lake();
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
                        1536,
                        lake.leftOut(read.source().path()),
                        lake.absent(read.source(), request.unit())))
            .toList(),
        pipeline.writes().stream()
            .map(
                write ->
                    RunPlan.Output.of(
                            write.sink(),
                            labels(write.sink().partition()),
                            lake.isThere(write.sink().path())
                                ? RunPlan.Target.PRESENT
                                : RunPlan.Target.TO_BE_CREATED)
                        .withSchema("day DATE, n INT"))
            .toList(),
        List.of(new RunPlan.Check("unique(day)", "expect (Jobs.java:1)")),
        List.of(
            new RunPlan.Shared(
                "aggregate (Jobs.java:2)", RunPlan.Evaluation.ONCE, "two sinks read it")),
        engine.doubts(pipeline.name()),
        lake.limitedTables(pipeline),
        PlanGraph.of(pipeline.writes()));
  }

  @Override
  public RunReport execute(PublishGate gate, ProgressListener progress) {
    String job = request.pipeline().name();
    progress.phase("writing " + job);
    progress.tasks(1, 2);
    engine.computing();
    if (engine.isStopped()) {
      return report(RunReport.Published.NONE, Optional.of(cancelled()));
    }
    if (engine.failure(job).isPresent()) {
      return report(engine.publishedByFailure(job), engine.failure(job));
    }
    try {
      gate.publish(this::commit);
    } catch (RunFailedException e) {
      return report(RunReport.Published.NONE, Optional.of(e.failure()));
    }
    engine.published();
    return report(RunReport.Published.ALL, Optional.empty());
  }

  @Override
  public void settle() {
    lake.forget(request.runId());
  }

  private void commit() {
    engine.publishing();
    lake.supersede(request.pipeline(), request.unit());
    lake.leftBehind(
        request.pipeline().name(),
        request.runId(),
        request.unit(),
        () -> new Completion(Ending.COMPLETED, report(RunReport.Published.ALL, Optional.empty())));
    for (Write write : request.pipeline().writes()) {
      write.sink().accept(new Publication());
    }
    engine.remember(request);
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
                        Optional.empty(),
                        lake.undeclared(read.source().path()),
                        lake.absent(read.source(), request.unit())))
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
        engine.doubts(request.pipeline().name()),
        failure);
  }

  private List<String> labels(Optional<Partition> partition) {
    return partition.stream()
        .flatMap(p -> p.unitsIn(request.unit().orElseThrow()).stream().map(p::label))
        .toList();
  }

  private static Failure cancelled() {
    return new Failure(
        FailureKind.TRY_AGAIN, "CANCELLED", "The engine was stopped.", "run it again.");
  }

  /** Makes what a run wrote visible. */
  private final class Publication implements Sink.Visitor<MemoryLake> {
    @Override
    public MemoryLake visitDelta(DeltaSink sink) {
      return lake.holding(
          sink.path().text(),
          sink.partition().flatMap(partition -> request.unit()).stream().toArray(Interval[]::new));
    }

    @Override
    public MemoryLake visitCsv(CsvSink sink) {
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
      return lake.publishing(
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
}
