package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.publication.Publication;
import io.penstock.spark.sink.PreparedSink;
import java.util.List;
import java.util.Optional;

/** How far a run has come; what its report says, whenever it ends. */
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

  void compileAgain(Compilation current) {
    compilation = current;
  }

  /** What is written by now; no sinks before that. */
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

  /** What makes the sinks visible, once the run has come that far. */
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
   * Removes what was written, if nobody sees it nor ever will. What is published in part stays, so
   * that it can be completed.
   *
   * @param cause why the run ends, which matters more than what can't be cleaned up
   */
  void discard(Throwable cause) {
    if (extent() != Published.NONE) {
      return;
    }
    try {
      // First, so that nobody finds an attempt in the journal whose files are gone.
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

  /** Counts of rows that were not all read say nothing. */
  List<RunReport.Input> inputs() {
    List<RunReport.Input> inputs = compilation.inputReports();
    return sinks.isEmpty() ? inputs.stream().map(RunReport.Input::uncounted).toList() : inputs;
  }
}
