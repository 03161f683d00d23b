package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.failures.UnpublishableException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * One commit to a table, prepared to the last detail and serializable: any process that holds it
 * can make the commit, which is idempotent.
 *
 * @param readVersion the table's version that the rows were written for; -1 when there was none, so
 *     that this commit makes it
 * @param table what it was at that version, or what the commit makes it
 * @param storage how the written rows are stored; the table's way, save for new columns
 * @param newMetadata what the table says of itself once it has the new columns, or comes into
 *     being, as Delta's JSON; empty when neither is the case
 * @param newProtocol what readers and writers of a table have to know that comes into being, as
 *     Delta's JSON; empty for any other
 * @param files the written files, each an action of Delta's log as JSON, named relative to the
 *     table
 * @param description set in the same commit, where the table says something else
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
   * Whether the files fit a table: another attempt may have made it by now, or added the same
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

  /** Whoever knows of no contract wrote no rows for one, nor for one that is gone. */
  private boolean hasContractOf(TableIdentity now) {
    boolean stated = now.contract().isPresent();
    return stated ? contract().isPresent() : table.contract().isEmpty();
  }

  /**
   * Requires that the commit can be made on a table as it is now.
   *
   * @throws UnpublishableException when its contract doesn't allow it, which others may have stated
   *     since, or when the table was altered since the rows were written
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
