package io.penstock.spark.delta;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Makes one prepared commit, each try on the table's latest state.
 *
 * <p>Every try takes out what the replaced partitions hold by then, so a concurrent writer's commit
 * is neither doubled nor half undone; only a newer attempt of the same task is never overwritten.
 */
final class Committer {
  private static final int TRIES = 6;

  private final Path table;
  private final PreparedCommit commit;
  private final TableLog log;
  private final Configuration configuration;
  private final Runnable beforeEachTry;
  private int tries;

  Committer(
      Path table,
      PreparedCommit commit,
      TableLog log,
      Configuration configuration,
      Runnable beforeEachTry) {
    this.table = table;
    this.commit = commit;
    this.log = log;
    this.configuration = configuration;
    this.beforeEachTry = beforeEachTry;
  }

  CommitResult commit() {
    RetryPolicy<CommitResult> otherWriters =
        RetryPolicy.<CommitResult>builder()
            .handle(CommitConflictException.class)
            .withMaxRetries(TRIES - 1)
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(1))
            .withJitter(0.5)
            .build();
    try {
      return Failsafe.with(otherWriters).get(this::attempt);
    } catch (FailsafeException e) {
      // A checked exception, from between two commits or from Scala code before one.
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw DeltaErrors.commitFailed(Outcome.NOT_COMMITTED, table, commit.stamp(), e.getCause());
    }
  }

  private CommitResult attempt() {
    tries++;
    TableLog.Attempt attempt = log.begin(commit);
    if (!commit.fits(attempt.table())) {
      throw DeltaErrors.tableChanged(table, commit.readVersion(), attempt.version());
    }
    OptionalLong earlier = requireNoNewerAttempt(attempt);
    if (earlier.isPresent()) {
      return new CommitResult(earlier.getAsLong(), tries, 0, 0);
    }
    beforeEachTry.run();
    // The last thing before the commit, which would accept files that are gone.
    StagedFileCheck.require(table, commit.files(), configuration);
    OptionalLong version;
    try {
      version = attempt.commit();
    } catch (Exception e) {
      // Exception, since Scala code throws checked ones without saying so.
      return result(attempt, search(attempt, e));
    }
    if (version.isEmpty()) {
      // Delta takes an own commit whose answer was lost for another writer's.
      version = searched(attempt.version());
    }
    return result(attempt, version.orElseThrow(() -> DeltaErrors.conflict(table, tries)));
  }

  /** The version in which this very attempt has already published, if it has. */
  private OptionalLong requireNoNewerAttempt(TableLog.Attempt attempt) {
    for (UnitEpoch unit : commit.stamp().units()) {
      OptionalLong published = attempt.guardedEpoch(unit.unit());
      if (published.isPresent() && published.getAsLong() >= unit.epoch()) {
        OptionalLong own = searched(commit.readVersion());
        if (published.getAsLong() == unit.epoch() && own.isPresent()) {
          return own;
        }
        throw DeltaErrors.fenced(table, unit, published.getAsLong());
      }
    }
    return OptionalLong.empty();
  }

  /** The own commit after a version. As long as nobody can look, it may be there. */
  private OptionalLong searched(long version) {
    try {
      return log.find(commit.stamp(), version);
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), e);
    }
  }

  private long search(TableLog.Attempt attempt, Exception failure) {
    // An interrupted thread could not read the history; it is interrupted again afterwards.
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    OptionalLong found;
    try {
      found = log.find(commit.stamp(), attempt.version());
    } catch (Exception e) {
      failure.addSuppressed(e);
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return found.orElseThrow(
        () -> DeltaErrors.commitFailed(Outcome.NOT_COMMITTED, table, commit.stamp(), failure));
  }

  private CommitResult result(TableLog.Attempt attempt, long version) {
    return new CommitResult(version, tries, attempt.removedFiles(), attempt.removedBytes());
  }
}
