package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.spark.compile.Compilation;
import java.util.List;
import java.util.Optional;

/** How far a run has come; what its report says, whenever it ends. */
final class RunState {
  private Compilation compilation;
  private Publication publication = new Publication(List.of());
  private List<RunReport.Check> checks = List.of();
  private Optional<Failure> failure = Optional.empty();

  RunState(Compilation compilation) {
    this.compilation = compilation;
  }

  Compilation compilation() {
    return compilation;
  }

  void compileAgain(Compilation current) {
    compilation = current;
  }

  /** What is written by now; no sinks before that. */
  Publication publication() {
    return publication;
  }

  void prepared(List<PreparedSink> sinks) {
    publication = new Publication(sinks);
  }

  void checked(List<RunReport.Check> results) {
    checks = List.copyOf(results);
  }

  List<RunReport.Check> failedChecks() {
    return checks.stream().filter(c -> c.status() == RunReport.Status.FAILED).toList();
  }

  void fail(Failure why) {
    failure = Optional.of(why);
  }

  RunReport report() {
    return new RunReport(
        publication.extent(),
        inputs(),
        publication.sinks().stream().map(PreparedSink::report).toList(),
        checks,
        failure);
  }

  /** Counts of rows that were not all read say nothing. */
  private List<RunReport.Input> inputs() {
    List<RunReport.Input> inputs = compilation.inputReports();
    return publication.sinks().isEmpty()
        ? inputs.stream().map(RunReport.Input::uncounted).toList()
        : inputs;
  }
}
