package io.penstock.spark.delta;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import io.penstock.spark.files.LakeFiles;
import java.time.Duration;
import java.util.Optional;
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

  /**
   * The version that holds the commit; empty when it had been made before, so long ago that the
   * table's history has been removed after its retention.
   */
  OptionalLong commit() {
    RetryPolicy<OptionalLong> otherWriters =
        RetryPolicy.<OptionalLong>builder()
            .handle(CommitConflictException.class)
            .withMaxRetries(TRIES - 1)
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(1))
            .withJitter(0.5)
            .build();
    try {
      return Failsafe.with(otherWriters).get(this::attempt);
    } catch (FailsafeException e) {
      throw neverTried(e.getCause());
    }
  }

  /** A checked exception, from between two commits or from Scala code before one. */
  private CommitOutcomeException neverTried(Throwable cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return DeltaErrors.commitFailed(Outcome.NOT_COMMITTED, table, commit.stamp(), cause);
  }

  private OptionalLong attempt() {
    tries++;
    TableLog.Transaction transaction = log.begin(commit);
    Optional<CommitTrace> earlier = requireNoNewerAttempt(transaction);
    if (earlier.isPresent()) {
      return earlier.get().version();
    }
    commit.requireFits(table, transaction);
    beforeEachTry.run();
    // The last thing before the commit, which would accept files that are gone.
    StagedFileCheck.require(table, commit.files(), configuration);
    OptionalLong version;
    try {
      version = transaction.commit();
    } catch (Exception e) {
      // Exception, since Scala code throws checked ones without saying so.
      return visible(search(transaction, e));
    }
    return visible(version.orElseGet(() -> takenForAnothers(transaction)));
  }

  /** Delta takes an own commit whose answer was lost for another writer's. */
  private long takenForAnothers(TableLog.Transaction transaction) {
    return searched(transaction.version())
        .version()
        .orElseThrow(() -> DeltaErrors.conflict(table, tries));
  }

  /**
   * The version of a commit that was made, if it can be seen. Whoever stands still before a commit
   * for so long that its version is written by somebody else, and cleaned up with the history,
   * writes it once more: behind the checkpoint that all read from.
   */
  private OptionalLong visible(long version) {
    // An interrupted thread could not read the log; it is interrupted again afterwards.
    boolean interrupted = Thread.interrupted();
    boolean seen;
    try {
      seen = commit.stamp().units().stream().allMatch(unit -> isSeen(unit, version));
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!seen) {
      throw DeltaErrors.conflict(table, tries);
    }
    return OptionalLong.of(version);
  }

  /** A later attempt may have published by now; then the history tells. */
  private boolean isSeen(UnitEpoch unit, long version) {
    long published = log.epochOf(unit.unit()).orElse(-1);
    return published == unit.epoch()
        || (published > unit.epoch()
            && log.find(commit.stamp(), version - 1).version().isPresent());
  }

  /** The trace of this very attempt, if it has published already, whatever came after it. */
  private Optional<CommitTrace> requireNoNewerAttempt(TableLog.Transaction transaction) {
    for (UnitEpoch unit : commit.stamp().units()) {
      long published = transaction.guardedEpoch(unit.unit()).orElse(-1);
      if (published >= unit.epoch()) {
        CommitTrace own = searched(commit.readVersion());
        // A number is given once: where it is recorded and the history has a gap, the gap was it.
        if (own.version().isPresent() || (published == unit.epoch() && own.isPossible())) {
          return Optional.of(own);
        }
        throw DeltaErrors.fenced(table, unit, published);
      }
    }
    return Optional.empty();
  }

  /** The own commit after a version. As long as nobody can look, it may be there. */
  private CommitTrace searched(long version) {
    try {
      return log.find(commit.stamp(), version);
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), e);
    }
  }

  private long search(TableLog.Transaction transaction, Exception failure) {
    // An interrupted thread could not read the history; it is interrupted again afterwards.
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    OptionalLong found;
    try {
      found = log.find(commit.stamp(), transaction.version()).version();
    } catch (Exception e) {
      failure.addSuppressed(e);
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    Outcome outcome = LakeFiles.mayActLate(table) ? Outcome.NOT_SEEN : Outcome.NOT_COMMITTED;
    return found.orElseThrow(
        () -> DeltaErrors.commitFailed(outcome, table, commit.stamp(), failure));
  }
}
