package io.penstock.spark.publication;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.spec.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt is about to publish: enough for any process to do it in its place.
 *
 * @param scope within which its number was given
 * @param epoch the attempt's number in its scope
 * @param interval the unit that the run is for; empty for a pipeline without one
 * @param startedAt when the attempt began: what it wrote is not older
 * @param doubts why the same run may give other rows when it is computed again
 * @param sinks in the order of their publication
 */
public record JournalEntry(
    FencingScope scope,
    long epoch,
    String runId,
    Optional<Interval> interval,
    Instant startedAt,
    List<RunReport.Input> inputs,
    List<RunReport.Check> checks,
    List<RunPlan.Doubt> doubts,
    List<JournalledSink> sinks) {
  public JournalEntry {
    inputs = List.copyOf(inputs);
    checks = List.copyOf(checks);
    doubts = List.copyOf(doubts);
    sinks = List.copyOf(sinks);
  }
}
