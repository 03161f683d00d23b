package io.penstock.dsl;

import io.penstock.plan.JoinCondition;
import io.penstock.plan.JoinKind;
import io.penstock.plan.Node;
import io.penstock.plan.Site;
import java.util.List;

/** Two sides of a join that still lack their condition. */
public final class JoinStep {
  private final Rows left;
  private final Rows right;
  private final JoinKind kind;

  JoinStep(Rows left, Rows right, JoinKind kind) {
    this.left = left;
    this.right = right;
    this.kind = kind;
  }

  /** Rows match when these columns are equal; each stands once in the result. */
  public Rows using(String... columns) {
    return joined(new JoinCondition.Using(List.of(columns)));
  }

  /**
   * Rows match when the predicate is TRUE: {@code a.as("a").join(b.as("b")).on("a.id = b.id")}.
   * Both sides have an alias, and each keeps all of its columns.
   */
  public Rows on(String predicate) {
    return joined(new JoinCondition.On(predicate));
  }

  private Rows joined(JoinCondition condition) {
    return new Rows(new Node.Join(left.plan(), right.plan(), kind, condition, Site.ofCaller()));
  }
}
