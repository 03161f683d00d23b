package io.penstock.dsl;

import io.penstock.plan.Node;
import io.penstock.plan.Site;

/** Rows in an order: only of these can the first ones be taken. */
public final class OrderedRows extends Rows {
  private final Node.OrderBy order;

  OrderedRows(Node.OrderBy order) {
    super(order);
    this.order = order;
  }

  /**
   * The first rows. Rows that the order cannot tell apart are told apart by their remaining
   * columns, so that the choice is always the same.
   */
  public Rows limit(int rows) {
    return new Rows(new Node.Limit(order, rows, Site.ofCaller()));
  }
}
