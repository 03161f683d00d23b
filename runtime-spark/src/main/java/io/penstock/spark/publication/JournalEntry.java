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
 * @param journalVersion form of this document
 * @param line the attempts that replace the same
 * @param epoch the attempt's number among them
 * @param interval the unit that the run is for; empty for a pipeline without one
 * @param startedAt when the attempt began: what it wrote is not older
 * @param doubts why the same run may give other rows when it is computed again
 * @param sinks in the order of their publication
 */
public record JournalEntry(
    int journalVersion,
    FencingScope line,
    long epoch,
    String runId,
    Optional<Interval> interval,
    Instant startedAt,
    List<RunReport.Input> inputs,
    List<RunReport.Check> checks,
    List<RunPlan.Doubt> doubts,
    List<JournalledSink> sinks) {
  private static final int VERSION = 1;

  public JournalEntry {
    if (journalVersion != VERSION) {
      throw PublicationErrors.unknownVersion(journalVersion, VERSION);
    }
    inputs = List.copyOf(inputs);
    checks = List.copyOf(checks);
    // An entry of an earlier release knows nothing of them.
    doubts = doubts == null ? List.of() : List.copyOf(doubts);
    sinks = List.copyOf(sinks);
  }

  /** An entry in today's form. */
  public static JournalEntry of(
      FencingScope line,
      long epoch,
      String runId,
      Optional<Interval> interval,
      Instant startedAt,
      List<RunReport.Input> inputs,
      List<RunReport.Check> checks,
      List<RunPlan.Doubt> doubts,
      List<JournalledSink> sinks) {
    return new JournalEntry(
        VERSION, line, epoch, runId, interval, startedAt, inputs, checks, doubts, sinks);
  }
}
