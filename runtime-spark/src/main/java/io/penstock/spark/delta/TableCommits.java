package io.penstock.spark.delta;

import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.publication.SinkPublication.Standing;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Makes prepared commits, and tells whether they were made. */
public final class TableCommits {
  private final Function<Path, TableLog> logs;
  private final Configuration configuration;

  /**
   * @param logs finds the log of the table at a path, be the table there or not
   */
  public TableCommits(Function<Path, TableLog> logs, Configuration configuration) {
    this.logs = logs;
    this.configuration = configuration;
  }

  /**
   * Publishes staged rows in one commit, which is also written when nothing changes; when it was
   * made before, by any process, nothing happens.
   *
   * <p>Tried again on the latest state when other writers are in the way; what the replaced
   * partitions hold by then is replaced.
   *
   * @param beforeEachTry runs right before each try; what it throws ends the commit, unpublished
   * @throws OvertakenException when a newer attempt of the same task published one of the units
   * @throws UnpublishableException when a staged file is gone, or when the table was altered since
   *     the rows were written, or when its contract doesn't allow the commit
   * @throws CommitConflictException when other writers were in the way too often
   * @throws CommitOutcomeException when the commit failed otherwise
   */
  public CommitResult commit(Path table, PreparedCommit commit, Runnable beforeEachTry) {
    CommitResult made =
        new Committer(table, commit, logs.apply(table), configuration, beforeEachTry).commit();
    if (commit.isFirst()) {
      settle(table);
    }
    return made;
  }

  private void settle(Path table) {
    try {
      UnbornTable.settle(table, LakeFiles.of(table, configuration));
    } catch (RuntimeException e) {
      // The commit is made all the same, and a note that stays is cleaned up when it is old.
    }
  }

  /**
   * Makes sure that a commit can be made, as far as that can be told before.
   *
   * @throws UnpublishableException when a staged file is gone, or has another length, or when the
   *     table was altered since the rows were written, or when its contract doesn't allow the
   *     commit
   */
  public void requireFitting(Path table, PreparedCommit commit) {
    commit.requireFits(table, logs.apply(table).begin(commit));
    StagedFileCheck.require(table, commit.files(), configuration);
  }

  /**
   * Makes sure that nothing in the table's latest state speaks against a commit, and that its files
   * are there. One that is made already passes.
   *
   * @throws OvertakenException when a newer attempt of the same task published one of the units
   * @throws UnpublishableException when a staged file is gone, or has another length, or when the
   *     table was altered since the rows were written, or when its contract doesn't allow the
   *     commit
   */
  public void requireUnopposed(Path table, PreparedCommit commit) {
    Standing standing = standing(table, commit).standing();
    if (standing == Standing.OVERTAKEN) {
      UnitEpoch unit = commit.stamp().units().get(0);
      long published = logs.apply(table).epochOf(unit.unit()).orElse(unit.epoch());
      throw DeltaErrors.fenced(table, unit, published);
    }
    if (standing == Standing.WAITING) {
      requireFitting(table, commit);
    }
  }

  /**
   * Makes sure that what a commit replaces is as it was when its rows were written. Whoever commits
   * for somebody else asks this right before each try: what comes later is in the commit's way.
   *
   * @throws UnpublishableException when somebody has changed it, or when that can't be told any
   *     more
   */
  public void requireUntouched(Path table, PreparedCommit commit) {
    UnitHistory history = logs.apply(table).sinceVersion(commit, commit.readVersion());
    if (history != UnitHistory.UNCHANGED) {
      throw DeltaErrors.unitChanged(table, commit, history);
    }
  }

  /** Where a commit stands, whoever has made it. */
  public CommitStanding standing(Path table, PreparedCommit commit) {
    TableLog log = logs.apply(table);
    boolean overtaken = false;
    boolean waiting = true;
    for (UnitEpoch unit : commit.stamp().units()) {
      long latest = log.epochOf(unit.unit()).orElse(-1);
      overtaken |= latest > unit.epoch();
      waiting &= latest < unit.epoch();
    }
    if (overtaken) {
      return CommitStanding.of(Standing.OVERTAKEN);
    }
    if (waiting) {
      return CommitStanding.of(Standing.WAITING);
    }
    CommitTrace trace = log.find(commit.stamp(), commit.readVersion());
    if (!trace.isPossible()) {
      return CommitStanding.of(Standing.OVERTAKEN);
    }
    // What nobody remembers was made before whatever is remembered.
    long made = trace.version().orElse(commit.readVersion());
    return new CommitStanding(
        log.isTakenBack(commit, made) ? Standing.TAKEN_BACK : Standing.PUBLISHED, trace.version());
  }
}
