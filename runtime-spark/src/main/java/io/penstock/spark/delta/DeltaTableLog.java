package io.penstock.spark.delta;

import java.util.OptionalLong;

/** A table's log as Delta keeps it. */
record DeltaTableLog(SessionScope scope, DeltaAdapter adapter) implements TableLog {
  @Override
  public Transaction begin(PreparedCommit commit) {
    return scope.onLogs(() -> new DeltaTransaction(scope, adapter.log(), commit));
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
}
