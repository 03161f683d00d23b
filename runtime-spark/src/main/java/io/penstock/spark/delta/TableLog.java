package io.penstock.spark.delta;

import java.util.OptionalLong;

/** The log of one table, as far as a {@link PreparedCommit} needs it. */
public interface TableLog {

  /** Begins a commit on the latest state, which removes what is now in the replaced partitions. */
  Transaction begin(PreparedCommit commit);

  /**
   * Looks for the commit with this stamp among those after a version. One that was written before
   * the checkpoint from which all read doesn't count.
   */
  CommitTrace find(CommitStamp stamp, long afterVersion);

  /**
   * Whether a commit after a version removed rows that this commit had published, restored an older
   * version, or added rows to what this commit replaced; or whether that can't be told any more.
   * Rewriting the same rows into other files, as OPTIMIZE does, doesn't count.
   */
  boolean isTakenBack(PreparedCommit commit, long version);

  /**
   * What any writer has changed since a version in what a commit replaces. Rewriting the same rows
   * into other files doesn't count.
   */
  UnitHistory sinceVersion(PreparedCommit commit, long version);

  /** The attempt that published a unit last, in the latest state; empty when none did. */
  OptionalLong epochOf(UnitId unit);

  /** A commit that has begun. */
  interface Transaction {
    /** The version that it is based on; -1 when there is no table. */
    long version();

    /** What the table is at that version. */
    TableIdentity table();

    /** The recorded epoch, read by the transaction: a concurrent change of it is a conflict. */
    OptionalLong guardedEpoch(UnitId unit);

    /**
     * Publishes, also when nothing is added or removed: the entry itself says that it happened.
     *
     * @return the version; empty on a conflict with another writer
     */
    OptionalLong commit();
  }
}
