package io.penstock.spark.publication;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.spec.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A journal entry as it is stored in the lake, where another release may read it. Its names and its
 * shape belong to its version and don't follow changes elsewhere.
 *
 * <p>Reading: a version that this release doesn't know is refused; what an earlier one didn't write
 * yet is absent, and counts as empty. Version 1 has no absent units, no details of checks and none
 * that are accepted.
 *
 * @param scope within which its attempts are numbered; stored as {@code line}
 * @param interval the unit that the run is for; absent for a pipeline without one
 * @param doubts why the same run may give other rows; not in the earliest entries
 */
record JournalDocument(
    @JsonProperty("journalVersion") int version,
    @JsonProperty("line") Scope scope,
    long epoch,
    String runId,
    Optional<Unit> interval,
    Instant startedAt,
    List<Input> inputs,
    List<Check> checks,
    List<Doubt> doubts,
    List<JournalledSink> sinks) {
  private static final int VERSION = 2;

  JournalDocument {
    if (version < 1 || version > VERSION) {
      throw PublicationErrors.unknownVersion(version, VERSION);
    }
    doubts = doubts == null ? List.of() : doubts;
  }

  record Scope(String pipeline, String unit) {}

  record Unit(Instant from, Instant to) {}

  record Input(
      String name,
      OptionalLong version,
      OptionalLong rows,
      long files,
      long bytes,
      long milliseconds,
      Optional<String> listing,
      List<String> absent) {
    Input {
      absent = absent == null ? List.of() : absent;
    }
  }

  record Check(
      String name,
      String place,
      String status,
      long rows,
      long failingRows,
      List<String> examples,
      Optional<String> detail,
      Optional<String> accepted) {}

  record Doubt(String place, String what, Optional<String> reason) {}

  /** What is written for an entry. */
  static JournalDocument of(JournalEntry entry) {
    return new JournalDocument(
        VERSION,
        new Scope(entry.scope().pipeline(), entry.scope().unit()),
        entry.epoch(),
        entry.runId(),
        entry.interval().map(unit -> new Unit(unit.from(), unit.to())),
        entry.startedAt(),
        entry.inputs().stream()
            .map(
                input ->
                    new Input(
                        input.name(),
                        input.version(),
                        input.rows(),
                        input.files(),
                        input.bytes(),
                        input.milliseconds(),
                        input.listing(),
                        input.absent()))
            .toList(),
        entry.checks().stream()
            .map(
                check ->
                    new Check(
                        check.name(),
                        check.place(),
                        check.status().name(),
                        check.rows(),
                        check.failingRows(),
                        check.examples(),
                        check.detail(),
                        check.accepted()))
            .toList(),
        entry.doubts().stream()
            .map(doubt -> new Doubt(doubt.place(), doubt.what(), doubt.reason()))
            .toList(),
        entry.sinks());
  }

  /** The entry that was written. */
  JournalEntry entry() {
    return new JournalEntry(
        new FencingScope(scope.pipeline(), scope.unit()),
        epoch,
        runId,
        interval.map(unit -> new Interval(unit.from(), unit.to())),
        startedAt,
        inputs.stream()
            .map(
                input ->
                    new RunReport.Input(
                        input.name(),
                        input.version(),
                        input.rows(),
                        input.files(),
                        input.bytes(),
                        input.milliseconds(),
                        input.listing(),
                        // Not journalled: they say nothing of what is published.
                        Map.of(),
                        input.absent()))
            .toList(),
        checks.stream()
            .map(
                check ->
                    new RunReport.Check(
                        check.name(),
                        check.place(),
                        RunReport.Status.valueOf(check.status()),
                        check.rows(),
                        check.failingRows(),
                        check.examples(),
                        check.detail(),
                        check.accepted()))
            .toList(),
        doubts.stream()
            .map(doubt -> new RunPlan.Doubt(doubt.place(), doubt.what(), doubt.reason()))
            .toList(),
        sinks);
  }
}
