package io.penstock.plan;

import io.penstock.spec.Expectation;
import io.penstock.spec.Names;
import io.penstock.spec.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A step of the logical plan: rows made from other rows.
 *
 * <p>A node that two others read is one node, by identity: compare and collect nodes with {@code
 * ==}, never with {@code equals}.
 */
public sealed interface Node {
  /** The user's line that made the node. */
  Site site();

  /** The nodes that this one reads, in order. */
  List<Node> inputs();

  /**
   * The step's name in messages and diagrams: the method of the language that made it, after which
   * most kinds are named.
   */
  default String operation() {
    String kind = getClass().getSimpleName();
    return kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1);
  }

  /** The step and its line, as messages name it: {@code where (Report.java:12)}. */
  default String place() {
    return operation() + " (" + site() + ")";
  }

  /** The step that makes the rows: a check has those of the step before it. */
  default Node beneathChecks() {
    return this;
  }

  /** Calls the method of the visitor that fits this node. */
  <R> R accept(NodeVisitor<R> visitor);

  /** A node that reads exactly one other. */
  sealed interface Unary extends Node {
    /** The one that it reads. */
    Node input();

    @Override
    default List<Node> inputs() {
      return List.of(input());
    }
  }

  /** The rows of a source: where a plan begins. */
  record Read(Source source, Site site) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of();
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitRead(this);
    }
  }

  /** The columns that the expressions give, and no others. */
  record Select(Node input, List<String> expressions, Site site) implements Unary {
    public Select {
      expressions = Names.expressions("the columns of a select", expressions);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitSelect(this);
    }
  }

  /** The rows for which the condition is TRUE: neither FALSE nor NULL. */
  record Where(Node input, String condition, Site site) implements Unary {
    public Where {
      Names.text("a condition", condition);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitWhere(this);
    }
  }

  /** Adds a column, or replaces the one of that name. */
  record With(Node input, String column, String expression, Site site) implements Unary {
    public With {
      Names.text("a column's name", column);
      Names.text("a column's expression", expression);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitWith(this);
    }
  }

  /** The rows without some of their columns. */
  record Drop(Node input, List<String> columns, Site site) implements Unary {
    public Drop {
      columns = Names.distinct("the columns of a drop", columns);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitDrop(this);
    }
  }

  /** The rows, one column of which has another name. */
  record Rename(Node input, String from, String to, Site site) implements Unary {
    public Rename {
      Names.text("the column to rename", from);
      Names.text("a column's new name", to);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitRename(this);
    }
  }

  /** Gives rows a name, by which the condition of a join tells its sides apart. */
  record Alias(Node input, String alias, Site site) implements Unary {
    public Alias {
      Names.identifier("an alias", alias);
    }

    @Override
    public String operation() {
      return "as";
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitAlias(this);
    }
  }

  /** Pairs of rows for which the condition holds; what becomes of the others says the kind. */
  record Join(Node left, Node right, JoinKind kind, JoinCondition condition, Site site)
      implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(left, right);
    }

    /** The columns by which both sides match; none where a predicate says it. */
    public List<String> usedColumns() {
      return condition instanceof JoinCondition.Using using ? using.columns() : List.of();
    }

    @Override
    public String operation() {
      return kind.word();
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitJoin(this);
    }
  }

  /** One row for each combination of the keys; without keys, one row in all. */
  record Aggregate(Node input, List<String> keys, List<String> aggregates, Site site)
      implements Unary {
    public Aggregate {
      keys = keys.isEmpty() ? List.of() : Names.expressions("the keys of a groupBy", keys);
      aggregates = Names.expressions("the columns of an aggregate", aggregates);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitAggregate(this);
    }
  }

  /** One of the rows that are the same in all columns; NULL is the same as NULL. */
  record Distinct(Node input, Site site) implements Unary {
    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitDistinct(this);
    }
  }

  /** The rows of both, columns matched by name; both have the same columns. */
  record Union(Node left, Node right, Site site) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(left, right);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitUnion(this);
    }
  }

  /** Of the rows with the same keys, the one that is greatest in the order. */
  record LatestBy(Node input, List<String> keys, List<String> order, Site site) implements Unary {
    public LatestBy {
      keys = Names.distinct("the keys of a latestBy", keys);
      order = Names.expressions("the order of a latestBy", order);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitLatestBy(this);
    }
  }

  /** The rows in an order, NULL where Spark SQL puts it. */
  record OrderBy(Node input, List<String> order, Site site) implements Unary {
    public OrderBy {
      order = Names.expressions("the order of an orderBy", order);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitOrderBy(this);
    }
  }

  /** The first rows of an order. */
  record Limit(OrderBy input, int rows, Site site) implements Unary {
    public Limit {
      if (rows < 1) {
        throw new IllegalArgumentException("Cannot limit to " + rows + " rows: keep at least one.");
      }
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitLimit(this);
    }
  }

  /** A SQL query over named rows, and nothing else. */
  record Sql(String query, Map<String, Node> tables, Site site) implements Node {
    public Sql {
      Names.text("a query", query);
      Names.distinct("the tables of a query", List.copyOf(tables.keySet()));
      tables.keySet().forEach(name -> Names.identifier("a table's name in a query", name));
      tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    @Override
    public List<Node> inputs() {
      return List.copyOf(tables.values());
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitSql(this);
    }
  }

  /** Native code of an engine applied to the rows; plans print its name only. */
  record Transform(Node input, String name, NativeTransform transform, Site site) implements Unary {
    public Transform {
      Names.text("a transform's name", name);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitTransform(this);
    }
  }

  /** Advice to the engine, {@code broadcast} for example; never changes the rows. */
  record Hint(Node input, String name, List<Object> parameters, Site site) implements Unary {
    public Hint {
      Names.identifier("a hint's name", name);
      parameters = List.copyOf(parameters);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitHint(this);
    }
  }

  /** The same rows, checked at this place before anything is published. */
  record Expect(Node input, List<Expectation> expectations, Site site) implements Unary {
    public Expect {
      expectations = List.copyOf(expectations);
      if (expectations.isEmpty()) {
        throw new IllegalArgumentException("Cannot expect nothing: name at least one check.");
      }
    }

    @Override
    public Node beneathChecks() {
      return input.beneathChecks();
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitExpect(this);
    }
  }

  /**
   * The same rows, of which the author says that the step before may give others when it is
   * computed again, and why that is all right.
   */
  record AllowVariation(Node input, String reason, Site site) implements Unary {
    public AllowVariation {
      Names.text("the reason of an allowVariation", reason);
    }

    @Override
    public <R> R accept(NodeVisitor<R> visitor) {
      return visitor.visitAllowVariation(this);
    }
  }
}
