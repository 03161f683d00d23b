package io.penstock.spark.delta;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Publishes a staged write, each try on the table's latest state.
 *
 * <p>Every try takes out what the replaced partitions hold by then, so a concurrent writer's commit
 * is neither doubled nor half undone; only a newer attempt of the same task is never overwritten.
 */
final class Committer {
  private static final int TRIES = 6;

  private final StagedWrite staged;
  private final CommitStamp stamp;
  private final TableDescription description;
  private final Runnable beforeEachTry;
  private final DeltaAdapter adapter;
  private final DeltaWriter writer;
  private int tries;

  Committer(
      StagedWrite staged, CommitStamp stamp, TableDescription description, Runnable beforeEachTry) {
    this.staged = staged;
    this.stamp = stamp;
    this.description = description;
    this.beforeEachTry = beforeEachTry;
    this.adapter = staged.table().adapter();
    this.writer = adapter.writer();
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
      throw DeltaErrors.commitFailed(Outcome.NOT_COMMITTED, staged.path(), stamp, e.getCause());
    }
  }

  private CommitResult attempt() {
    tries++;
    DeltaWriter.Attempt attempt = writer.begin(staged.replacement());
    requireSameTable(attempt.state());
    OptionalLong earlier = requireNoNewerAttempt(attempt);
    if (earlier.isPresent()) {
      return new CommitResult(earlier.getAsLong(), tries, 0, 0);
    }
    StagedFileCheck.require(staged);
    beforeEachTry.run();
    OptionalLong version;
    try {
      version = writer.commit(attempt, staged, stamp, description);
    } catch (Exception e) {
      // Exception, since Scala code throws checked ones without saying so.
      return result(attempt, search(attempt, e));
    }
    if (version.isEmpty()) {
      // Delta takes an own commit whose answer was lost for another writer's.
      version = searched(attempt.state().version());
    }
    return result(attempt, version.orElseThrow(() -> DeltaErrors.conflict(staged.path(), tries)));
  }

  private void requireSameTable(DeltaAdapter.State now) {
    DeltaAdapter.State then = staged.table().state();
    boolean same =
        now.version() >= 0
            && now.tableId().equals(then.tableId())
            && now.partitionColumns().equals(then.partitionColumns())
            && fits(Schemas.storage(now.schema()))
            && TableRules.of(now.properties()).equals(TableRules.of(then.properties()));
    if (!same) {
      throw DeltaErrors.tableChanged(staged.path(), then.version(), now.version());
    }
  }

  /** Whether the files fit: another attempt may have added the same new columns by now. */
  private boolean fits(String storage) {
    return storage.equals(Schemas.storage(staged.table().state().schema()))
        || storage.equals(Schemas.storage(staged.target().schema()));
  }

  /** The version in which this very attempt has already published, if it has. */
  private OptionalLong requireNoNewerAttempt(DeltaWriter.Attempt attempt) {
    for (UnitEpoch unit : stamp.units()) {
      OptionalLong published = writer.guardedEpoch(attempt, unit.unit());
      if (published.isPresent() && published.getAsLong() >= unit.epoch()) {
        OptionalLong own = searched(staged.table().version());
        if (published.getAsLong() == unit.epoch() && own.isPresent()) {
          return own;
        }
        throw DeltaErrors.fenced(staged.path(), unit, published.getAsLong());
      }
    }
    return OptionalLong.empty();
  }

  /** The own commit after a version. As long as nobody can look, it may be there. */
  private OptionalLong searched(long version) {
    try {
      return adapter.findCommit(stamp, version);
    } catch (Exception e) {
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, staged.path(), stamp, e);
    }
  }

  private long search(DeltaWriter.Attempt attempt, Exception failure) {
    // An interrupted thread could not read the history; it is interrupted again afterwards.
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    OptionalLong found;
    try {
      found = adapter.findCommit(stamp, attempt.state().version());
    } catch (Exception e) {
      failure.addSuppressed(e);
      throw DeltaErrors.commitFailed(Outcome.UNKNOWN, staged.path(), stamp, failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return found.orElseThrow(
        () -> DeltaErrors.commitFailed(Outcome.NOT_COMMITTED, staged.path(), stamp, failure));
  }

  private CommitResult result(DeltaWriter.Attempt attempt, long version) {
    return new CommitResult(version, tries, attempt.removed().size(), attempt.removedBytes());
  }
}
