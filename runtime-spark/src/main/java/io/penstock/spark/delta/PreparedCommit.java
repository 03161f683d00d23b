package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.failures.UnpublishableException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * One commit to a table, complete and serializable: any process that holds it can make the commit,
 * which is idempotent.
 *
 * @param readVersion the table's version that the rows were written for; -1 when there was none, so
 *     that this commit creates it
 * @param table as it was at that version, or as the commit creates it
 * @param storage how the written rows are stored; as in the table, except for new columns
 * @param newMetadata the table's metadata with the new columns, or of the new table, as Delta's
 *     JSON; empty when the table exists and gets no columns
 * @param newProtocol the protocol of a new table, as Delta's JSON; empty for any other
 * @param files the written files, each an action of Delta's log as JSON, named relative to the
 *     table
 * @param description set in the same commit, where the table has another
 */
public record PreparedCommit(
    long readVersion,
    TableIdentity table,
    String storage,
    Optional<String> newMetadata,
    Optional<String> newProtocol,
    Replacement replacement,
    List<String> files,
    CommitStamp stamp,
    TableDescription description) {
  public PreparedCommit {
    files = List.copyOf(files);
  }

  /** Whether the table wasn't there when the rows were written. */
  boolean isFirst() {
    return readVersion < 0;
  }

  /**
   * Whether the files fit a table: another attempt may have created it by now, or added the same
   * columns.
   */
  boolean fits(TableIdentity now) {
    if (isFirst() && now.isNone()) {
      return true;
    }
    TableIdentity found = (isFirst() ? now.as(table.id()) : now).withoutContract();
    TableIdentity then = table.withoutContract();
    return (found.equals(then) || found.equals(then.storing(storage))) && hasContractOf(now);
  }

  /** Rows of a commit without a contract fit a table that neither has nor had one. */
  private boolean hasContractOf(TableIdentity now) {
    boolean stated = now.contract().isPresent();
    return stated ? contract().isPresent() : table.contract().isEmpty();
  }

  /**
   * Requires that the commit can be made on a table as it is now.
   *
   * @throws UnpublishableException when the table's contract doesn't allow it, which others may
   *     have added since, or when the table was altered since the rows were written
   */
  void requireFits(Path path, TableLog.Transaction transaction) {
    TableIdentity now = transaction.table();
    Optional<OutputContract> stored = now.contract();
    if (contract().isPresent() && stored.isPresent()) {
      OutputContract own = contract().get();
      own.against(stored.get())
          .ifPresent(
              difference -> {
                throw DeltaErrors.contract(path, difference, own, stored);
              });
    }
    if (!fits(now)) {
      throw DeltaErrors.tableChanged(path, readVersion, transaction.version());
    }
  }

  private Optional<OutputContract> contract() {
    return ContractProperties.read(description.properties());
  }
}
