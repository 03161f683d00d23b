package io.penstock.spark.delta;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import io.penstock.spark.files.LakeFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Makes one prepared commit, each try on the table's latest state.
 *
 * <p>Every try removes what the replaced partitions hold by then, so that rows of a concurrent
 * writer's commit are neither kept beside the new ones nor removed in part; only a newer attempt of
 * the same task is never overwritten.
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
      throw notCommitted(e.getCause());
    }
  }

  /** For a checked exception, thrown between two tries or by Scala code before one. */
  private CommitOutcomeException notCommitted(Throwable cause) {
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
      // Exception, since Scala code throws checked ones without declaring them.
      return visible(versionDespite(e, transaction));
    }
    return visible(version.orElseGet(() -> versionDespiteConflict(transaction)));
  }

  /** Delta reports a conflict also with this very commit, when the answer to it was lost. */
  private long versionDespiteConflict(TableLog.Transaction transaction) {
    return searched(transaction.version())
        .version()
        .orElseThrow(() -> DeltaErrors.conflict(table, tries));
  }

  /**
   * The version of a commit that was made, if readers see it. A process that is suspended right
   * before a commit, until another writer's commit of the same version has been removed with the
   * history, writes that version once more: before the checkpoint from which all read.
   */
  private OptionalLong visible(long version) {
    boolean seen;
    try {
      seen =
          uninterrupted(
              () -> commit.stamp().units().stream().allMatch(unit -> isSeen(unit, version)));
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), e);
    }
    if (!seen) {
      throw DeltaErrors.conflict(table, tries);
    }
    return OptionalLong.of(version);
  }

  /** Reads the log, which an interrupted thread can't; it is interrupted again afterwards. */
  private static <T> T uninterrupted(Supplier<T> read) {
    boolean interrupted = Thread.interrupted();
    try {
      return read.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** By the recorded epoch, or by the history where a later attempt has published since. */
  private boolean isSeen(UnitEpoch unit, long version) {
    long published = log.epochOf(unit.unit()).orElse(-1);
    return published == unit.epoch()
        || (published > unit.epoch()
            && log.find(commit.stamp(), version - 1).version().isPresent());
  }

  /** The trace of this same attempt, if it has published already, whatever came after it. */
  private Optional<CommitTrace> requireNoNewerAttempt(TableLog.Transaction transaction) {
    for (UnitEpoch unit : commit.stamp().units()) {
      long published = transaction.guardedEpoch(unit.unit()).orElse(-1);
      if (published >= unit.epoch()) {
        CommitTrace own = searched(commit.readVersion());
        // An epoch is given out once: where it is recorded and the history has a gap, the commit
        // was in the gap.
        if (own.version().isPresent() || (published == unit.epoch() && own.isPossible())) {
          return Optional.of(own);
        }
        throw DeltaErrors.fenced(table, unit, published);
      }
    }
    return Optional.empty();
  }

  /** This commit among those after a version. While the log can't be read, it may be there. */
  private CommitTrace searched(long version) {
    try {
      return log.find(commit.stamp(), version);
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), e);
    }
  }

  /** The version of this commit, if it was made although it failed. */
  private long versionDespite(Exception failure, TableLog.Transaction transaction) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    OptionalLong found;
    try {
      found = uninterrupted(() -> log.find(commit.stamp(), transaction.version()).version());
    } catch (Exception e) {
      failure.addSuppressed(e);
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, table, commit.stamp(), failure);
    }
    Outcome outcome = LakeFiles.mayActLate(table) ? Outcome.NOT_SEEN : Outcome.NOT_COMMITTED;
    return found.orElseThrow(
        () -> DeltaErrors.commitFailed(outcome, table, commit.stamp(), failure));
  }
}
