package io.penstock.dsl;

import io.penstock.plan.JoinKind;
import io.penstock.plan.NativeTransform;
import io.penstock.plan.Node;
import io.penstock.plan.Site;
import io.penstock.plan.Write;
import io.penstock.spec.Expectation;
import io.penstock.spec.Sink;
import java.util.List;

/**
 * Rows that a run will compute: a description, not data.
 *
 * <p>Expressions are Spark SQL. They see the columns of the rows, {@code :from} and {@code :to}
 * (the bounds of the run's interval, TIMESTAMP) and the pipeline's parameters as {@code :name};
 * nothing else. Every method returns new rows and leaves these as they are.
 */
public sealed class Rows permits OrderedRows, SqlRows {
  private final Node node;

  Rows(Node node) {
    this.node = node;
  }

  /** The step of the plan that these rows come from. */
  public Node plan() {
    return node;
  }

  /**
   * Only these columns: {@code select("userid", "amount * 2 AS doubled")}. Names given by {@link
   * #as} end here.
   */
  public Rows select(String... expressions) {
    return new Rows(new Node.Select(node, List.of(expressions), Site.ofCaller()));
  }

  /** Only the rows for which the condition is TRUE. */
  public Rows where(String condition) {
    return new Rows(new Node.Where(node, condition, Site.ofCaller()));
  }

  /** One more column, or another value for the column of that name. */
  public Rows with(String column, String expression) {
    return new Rows(new Node.With(node, column, expression, Site.ofCaller()));
  }

  /** Without these columns. */
  public Rows drop(String... columns) {
    return new Rows(new Node.Drop(node, List.of(columns), Site.ofCaller()));
  }

  /** With a column under another name. */
  public Rows rename(String from, String to) {
    return new Rows(new Node.Rename(node, from, to, Site.ofCaller()));
  }

  /**
   * The rows under a name, by which {@link JoinStep#on} tells its sides apart. It lives until the
   * next step that makes all columns anew: select, aggregate, union, a query, a native transform.
   */
  public Rows as(String alias) {
    return new Rows(new Node.Alias(node, alias, Site.ofCaller()));
  }

  /** Pairs of rows that match. */
  public JoinStep join(Rows right) {
    return new JoinStep(this, right, JoinKind.INNER);
  }

  /** Pairs that match, and the rows of this side that have no match. */
  public JoinStep leftJoin(Rows right) {
    return new JoinStep(this, right, JoinKind.LEFT);
  }

  /** Pairs that match, and the rows of either side that have no match. */
  public JoinStep fullJoin(Rows right) {
    return new JoinStep(this, right, JoinKind.FULL);
  }

  /** The rows of this side that have a match. */
  public JoinStep semiJoin(Rows right) {
    return new JoinStep(this, right, JoinKind.SEMI);
  }

  /** The rows of this side that have no match. */
  public JoinStep antiJoin(Rows right) {
    return new JoinStep(this, right, JoinKind.ANTI);
  }

  /** Rows that belong together by their keys; without keys, all of them. */
  public GroupedRows groupBy(String... keys) {
    return new GroupedRows(node, List.of(keys));
  }

  /** Each row once. */
  public Rows distinct() {
    return new Rows(new Node.Distinct(node, Site.ofCaller()));
  }

  /**
   * These rows and those, as UNION ALL: rows that are in both stand twice. Columns are matched by
   * name; both sides have the same ones.
   */
  public Rows union(Rows other) {
    return new Rows(new Node.Union(node, other.node, Site.ofCaller()));
  }

  /**
   * Of the rows with the same keys, the greatest in the order: {@code latestBy(keys("userid"),
   * "ts", "sessionid")}; {@code "ts DESC"} turns an order around. Rows that the order cannot tell
   * apart are told apart by their remaining columns, so that the choice is always the same.
   */
  public Rows latestBy(Keys keys, String... order) {
    return new Rows(new Node.LatestBy(node, keys.columns(), List.of(order), Site.ofCaller()));
  }

  /** The rows in an order: {@code orderBy("revenue DESC", "userid")}. */
  public OrderedRows orderBy(String... order) {
    return new OrderedRows(new Node.OrderBy(node, List.of(order), Site.ofCaller()));
  }

  /**
   * Advice to the engine, {@code hint("broadcast")}, {@code hint("repartition", 8, "id")}; never
   * changes the rows.
   */
  public Rows hint(String name, Object... parameters) {
    return new Rows(new Node.Hint(node, name, List.of(parameters), Site.ofCaller()));
  }

  /** A step in the engine's own API, under a name that plans and messages show. */
  public Rows transform(String name, NativeTransform transform) {
    return new Rows(new Node.Transform(node, name, transform, Site.ofCaller()));
  }

  /** The same rows; a run checks them at this place before it publishes anything. */
  public Rows expect(Expectation... expectations) {
    return new Rows(new Node.Expect(node, List.of(expectations), Site.ofCaller()));
  }

  /**
   * The same rows, although the step right before may give others when it is computed again: {@code
   * groupBy("page").aggregate("first(title) AS title").allowVariation("any title will do")}.
   * Without it such a step makes a pipeline invalid. Plans and results tell the reason.
   */
  public Rows allowVariation(String reason) {
    return new Rows(new Node.AllowVariation(node, reason, Site.ofCaller()));
  }

  /** These rows into a sink. */
  public Write to(Sink sink) {
    return new Write(node, sink, Site.ofCaller());
  }
}
