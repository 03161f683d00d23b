package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Those properties of a table that decide whether files written for it may still be committed.
 *
 * @param id tells the table from another one at the same path; empty when there is none
 * @param storage how its rows are stored: names, types and Delta's metadata of all columns
 * @param rules the table properties that rows or writers have to obey, by name
 */
public record TableIdentity(
    String id, List<String> partitionColumns, String storage, Map<String, String> rules) {
  private static final String NONE = "";

  public TableIdentity {
    partitionColumns = List.copyOf(partitionColumns);
    rules = Map.copyOf(rules);
  }

  /** Of a table's state; {@link #isNone} when there is no table. */
  static TableIdentity of(DeltaState state) {
    return state.version() < 0
        ? new TableIdentity(NONE, List.of(), "", Map.of())
        : described(state);
  }

  /** Of a table's metadata, also of a table that is only planned. */
  static TableIdentity described(DeltaState state) {
    return new TableIdentity(
        state.tableId(),
        state.partitionColumns(),
        Schemas.storage(state.schema()),
        rules(state.properties()));
  }

  /** Whether there is no table. */
  boolean isNone() {
    return id.equals(NONE);
  }

  /** The same table with other columns. */
  TableIdentity storing(String columns) {
    return new TableIdentity(id, partitionColumns, columns, rules);
  }

  /** Another table with the same columns and rules. */
  TableIdentity as(String otherId) {
    return new TableIdentity(otherId, partitionColumns, storage, rules);
  }

  /** The same table without its contract, to which writers that don't conflict may be added. */
  TableIdentity withoutContract() {
    Map<String, String> others = new TreeMap<>(rules);
    others.keySet().removeIf(key -> key.startsWith(ContractProperties.PREFIX));
    return new TableIdentity(id, partitionColumns, storage, others);
  }

  /** The contract that it states; empty when it states none. */
  Optional<OutputContract> contract() {
    return ContractProperties.read(rules);
  }

  private static Map<String, String> rules(Map<String, String> properties) {
    Map<String, String> rules = new TreeMap<>(properties);
    rules
        .keySet()
        .removeIf(
            key ->
                !key.startsWith("delta.constraints.")
                    && !key.startsWith(ContractProperties.PREFIX)
                    && !key.equals("delta.columnMapping.mode")
                    && !key.equals(PinnedTable.ATTEMPT_MEMORY));
    return rules;
  }
}
