package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.publication.Publication;
import io.penstock.spark.sink.PreparedSink;
import java.util.List;
import java.util.Optional;

/** The state of a run: what its report says, whenever it ends. */
final class RunState {
  private Compilation compilation;
  private List<PreparedSink> sinks = List.of();
  private List<RunReport.Check> checks = List.of();
  private Optional<Publication> publication = Optional.empty();
  private Optional<Failure> failure = Optional.empty();

  RunState(Compilation compilation) {
    this.compilation = compilation;
  }

  Compilation compilation() {
    return compilation;
  }

  void recompiled(Compilation current) {
    compilation = current;
  }

  /** The written sinks; none until all are written. */
  List<PreparedSink> sinks() {
    return sinks;
  }

  void prepared(List<PreparedSink> written) {
    sinks = List.copyOf(written);
  }

  List<RunReport.Check> checks() {
    return checks;
  }

  void checked(List<RunReport.Check> results) {
    checks = List.copyOf(results);
  }

  List<RunReport.Check> failedChecks() {
    return checks.stream().filter(c -> c.status() == RunReport.Status.FAILED).toList();
  }

  void publishes(Publication begun) {
    publication = Optional.of(begun);
  }

  /** Empty until the run begins to publish. */
  Optional<Publication> publication() {
    return publication;
  }

  Published extent() {
    return publication.map(Publication::extent).orElse(Published.NONE);
  }

  void fail(Failure why) {
    failure = Optional.of(why);
  }

  /**
   * Removes what was written, if it isn't visible nor ever will be. What is published in part
   * stays, so that it can be completed.
   *
   * @param cause why the run ends: what can't be removed is added to it as suppressed
   */
  void discard(Throwable cause) {
    if (extent() != Published.NONE) {
      return;
    }
    try {
      // First, so that the journal never names an attempt whose files are gone.
      publication.ifPresent(Publication::withdraw);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return;
    }
    for (PreparedSink sink : sinks) {
      try {
        sink.discard();
      } catch (RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
  }

  RunReport report() {
    return new RunReport(
        extent(),
        inputs(),
        publication
            .map(Publication::outputs)
            .orElseGet(() -> sinks.stream().map(PreparedSink::report).toList()),
        checks,
        compilation.plan().doubts(),
        failure);
  }

  /** Without row counts until all sinks are written: until then not all rows were read. */
  List<RunReport.Input> inputs() {
    List<RunReport.Input> inputs = compilation.inputReports();
    return sinks.isEmpty() ? inputs.stream().map(RunReport.Input::uncounted).toList() : inputs;
  }
}
