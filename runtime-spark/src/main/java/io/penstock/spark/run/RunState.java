package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.spark.compile.Compilation;
import java.util.List;
import java.util.Optional;

/** How far a run has come; what its report says, whenever it ends. */
final class RunState {
  private Compilation compilation;
  private List<PreparedSink> prepared = List.of();
  private List<RunReport.Check> checks = List.of();
  private int published;
  private boolean unknown;
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

  List<PreparedSink> prepared() {
    return prepared;
  }

  void prepared(List<PreparedSink> sinks) {
    prepared = List.copyOf(sinks);
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

  /** Publishes every sink in declared order; what comes after a failure is not published. */
  void publishAll() {
    for (PreparedSink sink : prepared) {
      try {
        sink.publish();
        published++;
      } catch (Exception e) {
        switch (sink.outcomeOf(e)) {
          case PUBLISHED -> published++;
          case UNKNOWN -> unknown = true;
          case NOT_PUBLISHED -> {
            // The count is right as it is.
          }
        }
        throw e;
      } catch (Error e) {
        // Out of memory behind the commit looks the same as before it.
        unknown = true;
        throw e;
      }
    }
  }

  RunReport report() {
    return new RunReport(
        extent(), inputs(), prepared.stream().map(PreparedSink::report).toList(), checks, failure);
  }

  /** Counts of rows that were not all read say nothing. */
  private List<RunReport.Input> inputs() {
    List<RunReport.Input> inputs = compilation.inputReports();
    return prepared.isEmpty() ? inputs.stream().map(RunReport.Input::uncounted).toList() : inputs;
  }

  private Published extent() {
    if (unknown) {
      return Published.UNKNOWN;
    }
    if (published == 0) {
      return Published.NONE;
    }
    return published == prepared.size() ? Published.ALL : Published.PARTIAL;
  }
}
