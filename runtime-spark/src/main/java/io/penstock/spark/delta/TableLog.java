package io.penstock.spark.delta;

import java.util.OptionalLong;

/** The log of one table, as far as a {@link PreparedCommit} needs it. */
public interface TableLog {

  /** Starts a commit on the latest state: what is there now in the replaced partitions goes. */
  Transaction begin(PreparedCommit commit);

  /**
   * Looks for the commit with this stamp among those after a version. One that was written behind
   * the checkpoint that everybody reads from is none.
   */
  CommitTrace find(CommitStamp stamp, long afterVersion);

  /**
   * Whether a commit behind a version took rows out that it had brought, restored what was there
   * before it, or brought others into what it replaced; or whether that can't be told any more. To
   * write the same rows into other files is none of it.
   */
  boolean isTakenBack(PreparedCommit commit, long version);

  /**
   * What any writer has done since a version to what a commit replaces. To write the same rows into
   * other files is nothing.
   */
  UnitHistory sinceVersion(PreparedCommit commit, long version);

  /** The attempt that published a unit last, in the latest state; empty when none did. */
  OptionalLong epochOf(UnitId unit);

  /** A commit in the making. */
  interface Transaction {
    /** The version that it is based on; -1 when there is no table. */
    long version();

    /** What the table is at that version. */
    TableIdentity table();

    /** The recorded epoch, guarded until the commit: a concurrent change of it is a conflict. */
    OptionalLong guardedEpoch(UnitId unit);

    /**
     * Publishes, also when nothing is added or removed: the entry itself says that it happened.
     *
     * @return the version; empty when another writer was in the way
     */
    OptionalLong commit();
  }
}
