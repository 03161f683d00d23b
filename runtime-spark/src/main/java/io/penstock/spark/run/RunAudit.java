package io.penstock.spark.run;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedCheck;
import io.penstock.spark.sink.PreparedSink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evaluates all checks of a run, in one pass for those of the same rows. */
record RunAudit(Compilation compilation) {
  /** The results in the order in which the pipeline states the checks. */
  List<RunReport.Check> results(List<PreparedSink> prepared) {
    IdentityHashMap<Object, List<PlannedCheck>> groups = new IdentityHashMap<>();
    for (PlannedCheck check : compilation.checks()) {
      groups.computeIfAbsent(readBy(check), rows -> new ArrayList<>()).add(check);
    }
    IdentityHashMap<Write, PreparedSink> sinks = new IdentityHashMap<>();
    prepared.forEach(sink -> sinks.put(sink.write(), sink));
    IdentityHashMap<PlannedCheck, RunReport.Check> results = new IdentityHashMap<>();
    Audit audit = new Audit(compilation);
    for (List<PlannedCheck> group : groups.values()) {
      PlannedCheck one = group.get(0);
      List<RunReport.Check> found = audit.results(group, rows(one, sinks), count(one, sinks));
      for (int i = 0; i < group.size(); i++) {
        results.put(group.get(i), found.get(i));
      }
    }
    return compilation.checks().stream().map(check -> accepted(results.get(check))).toList();
  }

  private RunReport.Check accepted(RunReport.Check result) {
    return compilation.request().accepted().stream()
        .filter(check -> check.name().equals(result.name()) && check.place().equals(result.place()))
        .findFirst()
        .map(check -> result.acceptedFor(check.reason()))
        .orElse(result);
  }

  /** The step or the sink whose rows a check reads. */
  private static Object readBy(PlannedCheck check) {
    return check.written().<Object>map(written -> written).or(check::matching).orElse(check.rows());
  }

  private Dataset<Row> rows(PlannedCheck check, IdentityHashMap<Write, PreparedSink> sinks) {
    return check
        .written()
        .map(write -> sinks.get(write).written())
        .or(() -> check.matching().map(compilation::matched))
        .orElseGet(() -> compilation.frame(check.rows()));
  }

  /** How many rows the check reads, where they were counted as they were written. */
  private static OptionalLong count(
      PlannedCheck check, IdentityHashMap<Write, PreparedSink> sinks) {
    return check.written().stream()
        .mapToLong(write -> sinks.get(write).report().rows())
        .findFirst();
  }
}
