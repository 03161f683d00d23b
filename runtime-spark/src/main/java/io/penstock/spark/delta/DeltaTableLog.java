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
  public Transaction begin(PreparedCommit commit) {
    return scope.onLogs(() -> new DeltaTransaction(writer.begin(commit.replacement()), commit));
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

  private final class DeltaTransaction implements Transaction {
    private final DeltaWriter.OpenTransaction open;
    private final PreparedCommit commit;

    DeltaTransaction(DeltaWriter.OpenTransaction open, PreparedCommit commit) {
      this.open = open;
      this.commit = commit;
    }

    @Override
    public long version() {
      return open.state().version();
    }

    @Override
    public TableIdentity table() {
      return scope.onLogs(() -> TableIdentity.of(open.state()));
    }

    @Override
    public OptionalLong guardedEpoch(UnitId unit) {
      return scope.onLogs(() -> writer.guardedEpoch(open, unit));
    }

    @Override
    public OptionalLong commit() {
      return scope.onLogs(() -> writer.commit(open, commit));
    }

    @Override
    public long removedFiles() {
      return open.removed().size();
    }

    @Override
    public long removedBytes() {
      return open.removedBytes();
    }
  }
}
