package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a table decides whether files that were written for it may still be committed.
 *
 * @param id tells the table from another one at the same path; empty when there is none
 * @param storage how its rows are stored: names, types and Delta's notes of all columns
 * @param rules the properties that rows have to obey, by name
 */
public record TableIdentity(
    String id, List<String> partitionColumns, String storage, Map<String, String> rules) {
  private static final String NONE = "";

  public TableIdentity {
    partitionColumns = List.copyOf(partitionColumns);
    rules = Map.copyOf(rules);
  }

  /** What a table is; nothing when there is none. */
  static TableIdentity of(DeltaState state) {
    return state.version() < 0
        ? new TableIdentity(NONE, List.of(), "", Map.of())
        : described(state);
  }

  /** What a table says that it is, also one that is only planned. */
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

  /**
   * The same table without its contract, in which writers who don't disturb each other may appear.
   */
  TableIdentity withoutContract() {
    Map<String, String> others = new TreeMap<>(rules);
    others.keySet().removeIf(key -> key.startsWith(ContractProperties.PREFIX));
    return new TableIdentity(id, partitionColumns, storage, others);
  }

  /** What it promises; empty when it says nothing. */
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
