package io.penstock.spark.delta;

import java.util.OptionalLong;

/** A table's log as Delta keeps it. */
final class DeltaTableLog implements TableLog {
  private final SessionScope scope;
  private final DeltaAdapter adapter;
  private final DeltaWriter writer;

  DeltaTableLog(SessionScope scope, DeltaAdapter adapter, DeltaWriter writer) {
    this.scope = scope;
    this.adapter = adapter;
    this.writer = writer;
  }

  @Override
  public Attempt begin(PreparedCommit commit) {
    return scope.onLogs(() -> new DeltaAttempt(writer.begin(commit.replacement()), commit));
  }

  @Override
  public CommitTrace find(CommitStamp stamp, long afterVersion) {
    return scope.onLogs(() -> adapter.findCommit(stamp, afterVersion));
  }

  @Override
  public boolean isTakenBack(PreparedCommit commit, long version) {
    return scope.onLogs(
        () -> {
          DeltaHistory history = adapter.history(commit, version);
          return history.isRestored() || history.ofUnits() != UnitHistory.UNCHANGED;
        });
  }

  @Override
  public UnitHistory sinceVersion(PreparedCommit commit, long version) {
    return scope.onLogs(() -> adapter.history(commit, version).ofUnits());
  }

  @Override
  public OptionalLong epochOf(UnitId unit) {
    return scope.onLogs(() -> adapter.latest().epochOf(unit));
  }

  private final class DeltaAttempt implements Attempt {
    private final DeltaWriter.Attempt attempt;
    private final PreparedCommit commit;

    DeltaAttempt(DeltaWriter.Attempt attempt, PreparedCommit commit) {
      this.attempt = attempt;
      this.commit = commit;
    }

    @Override
    public long version() {
      return attempt.state().version();
    }

    @Override
    public TableIdentity table() {
      return scope.onLogs(() -> TableIdentity.of(attempt.state()));
    }

    @Override
    public OptionalLong guardedEpoch(UnitId unit) {
      return scope.onLogs(() -> writer.guardedEpoch(attempt, unit));
    }

    @Override
    public OptionalLong commit() {
      return scope.onLogs(() -> writer.commit(attempt, commit));
    }

    @Override
    public long removedFiles() {
      return attempt.removed().size();
    }

    @Override
    public long removedBytes() {
      return attempt.removedBytes();
    }
  }
}
