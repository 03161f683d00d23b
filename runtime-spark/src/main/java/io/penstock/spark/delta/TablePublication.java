package io.penstock.spark.delta;

import io.penstock.engine.RunReport;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.publication.SinkPublication;
import io.penstock.spark.publication.Step;
import io.penstock.spark.publication.Steps;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files of a Delta table that one commit makes part of it. */
public final class TablePublication implements SinkPublication {
  private final Path table;
  private final JournalledTable sink;
  private final PreparedCommit commit;
  private final Replacement.Conflict conflict;
  private final Supplier<TableLog> log;
  private final Configuration configuration;
  private OptionalLong version = OptionalLong.empty();

  /**
   * @param log finds the log of the table, be the table there or not
   */
  public TablePublication(
      Path table, JournalledTable sink, Supplier<TableLog> log, Configuration configuration) {
    this(table, sink, sink.commit().replacement().conflict(), log, configuration);
  }

  /**
   * @param conflict what becomes of the rows when another writer came first
   */
  TablePublication(
      Path table,
      JournalledTable sink,
      Replacement.Conflict conflict,
      Supplier<TableLog> log,
      Configuration configuration) {
    this.table = table;
    this.sink = sink;
    this.commit = sink.commit();
    this.conflict = conflict;
    this.log = log;
    this.configuration = configuration;
  }

  /**
   * Publishes the rows in one commit, which is also written when nothing changes.
   *
   * <p>Tried again on the latest state when other writers are in the way; what the replaced
   * partitions hold by then is replaced.
   *
   * @throws OvertakenException when a newer attempt of the same task published one of the units
   * @throws UnpublishableException when a staged file is gone, or when the table was altered since
   *     the rows were written, or when its contract doesn't allow the commit
   * @throws CommitConflictException when other writers were in the way too often
   * @throws CommitOutcomeException when the commit failed otherwise
   */
  @Override
  public void publish(Runnable gate, Steps steps) {
    Runnable ready =
        () -> {
          steps.reached(Step.READY, sink.path());
          gate.run();
        };
    version = new Committer(table, commit, log.get(), configuration, beforeEachTry(ready)).commit();
    settleFirst();
    steps.reached(Step.VISIBLE, sink.path());
  }

  private Runnable beforeEachTry(Runnable gate) {
    return switch (conflict) {
      case REBASE -> gate;
      case RECOMPUTE ->
          () -> {
            gate.run();
            requireUntouched();
          };
    };
  }

  private void settleFirst() {
    if (!commit.isFirst()) {
      return;
    }
    try {
      UnbornTable.settle(table, LakeFiles.of(table, configuration));
    } catch (RuntimeException e) {
      // The commit is made all the same, and a marker that stays is removed by a later cleanup.
    }
  }

  @Override
  public Outcome outcomeOf(Exception failure) {
    boolean certain =
        !(failure instanceof CommitOutcomeException failed)
            || failed.outcome() == CommitOutcomeException.Outcome.NOT_COMMITTED;
    return certain ? Outcome.NOT_PUBLISHED : Outcome.UNKNOWN;
  }

  /** Does nothing: readers of a table see only what its log says. */
  @Override
  public void repair() {}

  /** In the table's latest state; a commit that is made already passes. */
  @Override
  public void requireUnopposed() {
    Standing standing = found().standing();
    if (standing == Standing.OVERTAKEN) {
      UnitEpoch unit = commit.stamp().units().get(0);
      long published = log.get().epochOf(unit.unit()).orElse(unit.epoch());
      throw DeltaErrors.fenced(table, unit, published);
    }
    if (standing == Standing.WAITING) {
      requirePublishable();
    }
  }

  @Override
  public void requirePublishable() {
    commit.requireFits(table, log.get().begin(commit));
    StagedFileCheck.require(table, commit.files(), configuration);
  }

  /** A change after this check conflicts with the commit. */
  @Override
  public void requireUntouched() {
    UnitHistory history = log.get().sinceVersion(commit, commit.readVersion());
    if (history != UnitHistory.UNCHANGED) {
      throw DeltaErrors.unitChanged(table, commit, history);
    }
  }

  @Override
  public Standing standing() {
    Found found = found();
    version = found.version();
    return found.standing();
  }

  private Found found() {
    TableLog now = log.get();
    boolean overtaken = false;
    boolean waiting = true;
    for (UnitEpoch unit : commit.stamp().units()) {
      long latest = now.epochOf(unit.unit()).orElse(-1);
      overtaken |= latest > unit.epoch();
      waiting &= latest < unit.epoch();
    }
    if (overtaken) {
      return new Found(Standing.OVERTAKEN, OptionalLong.empty());
    }
    if (waiting) {
      return new Found(Standing.WAITING, OptionalLong.empty());
    }
    CommitTrace trace = now.find(commit.stamp(), commit.readVersion());
    if (!trace.isPossible()) {
      return new Found(Standing.OVERTAKEN, OptionalLong.empty());
    }
    // A commit that the history has lost was made before all that it still holds.
    long made = trace.version().orElse(commit.readVersion());
    return new Found(
        now.isTakenBack(commit, made) ? Standing.TAKEN_BACK : Standing.PUBLISHED, trace.version());
  }

  @Override
  public RunReport.Output output() {
    return sink.output().report(version);
  }

  /**
   * Where the commit stands among the attempts at its units.
   *
   * @param version that it made; empty when it made none, or the history has lost it
   */
  private record Found(Standing standing, OptionalLong version) {}
}
