package io.penstock.spark.delta;

import io.penstock.spark.sink.RejectedOutput;
import java.util.List;
import java.util.Objects;

/**
 * Rows that a check refused, beside a Delta table.
 *
 * @param actions as {@link StagedWrite#actionsAsJson} gives them
 */
public record RejectedTable(String path, List<String> actions) implements RejectedOutput {
  public RejectedTable {
    Objects.requireNonNull(path, "path");
    actions = List.copyOf(actions);
  }
}
