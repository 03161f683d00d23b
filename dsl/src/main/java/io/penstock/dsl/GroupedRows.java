package io.penstock.dsl;

import io.penstock.plan.Node;
import io.penstock.plan.Site;
import java.util.List;

/** Rows that belong together; they become rows again by {@link #aggregate}. */
public final class GroupedRows {
  private final Node input;
  private final List<String> keys;

  GroupedRows(Node input, List<String> keys) {
    this.input = input;
    this.keys = keys;
  }

  /** One row a group: its keys and these columns, {@code aggregate("sum(amount) AS revenue")}. */
  public Rows aggregate(String... aggregates) {
    return new Rows(new Node.Aggregate(input, keys, List.of(aggregates), Site.ofCaller()));
  }
}
