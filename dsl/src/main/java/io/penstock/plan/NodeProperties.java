package io.penstock.plan;

import io.penstock.plan.NodeExpression.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to know about a step apart from how an engine computes it. Each kind of step says
 * it once, in the visitor below; no other code depends on the kind of a step.
 */
public final class NodeProperties {
  private static final Answers ANSWERS = new Answers();

  private final Set<NodeProperty> properties;
  private final List<NodeExpression> expressions = new ArrayList<>();
  private Optional<Node.Read> source = Optional.empty();
  private Optional<Node.Join> join = Optional.empty();
  private Optional<Node.Sql> query = Optional.empty();
  private Optional<Node.Transform> nativeCode = Optional.empty();
  private Optional<Node.Expect> expect = Optional.empty();
  private Optional<Node.AllowVariation> allowance = Optional.empty();
  private Optional<String> alias = Optional.empty();

  private NodeProperties(NodeProperty... properties) {
    this.properties = EnumSet.noneOf(NodeProperty.class);
    this.properties.addAll(List.of(properties));
  }

  /** Those of a step. */
  public static NodeProperties of(Node node) {
    return node.accept(ANSWERS);
  }

  /** Whether the step does this to its rows. */
  public boolean has(NodeProperty property) {
    return properties.contains(property);
  }

  /** The texts by which the step computes, in the order in which they were given. */
  public List<NodeExpression> expressions() {
    return List.copyOf(expressions);
  }

  /** The texts that have this role. */
  public List<String> expressions(Role role) {
    return expressions.stream()
        .filter(expression -> expression.role() == role)
        .map(NodeExpression::text)
        .toList();
  }

  /** The step as one that reads from the lake. */
  public Optional<Node.Read> source() {
    return source;
  }

  /** The step as a join. */
  public Optional<Node.Join> join() {
    return join;
  }

  /** The step as a query over named rows. */
  public Optional<Node.Sql> query() {
    return query;
  }

  /** The step as code of the author's that only an engine understands. */
  public Optional<Node.Transform> nativeCode() {
    return nativeCode;
  }

  /** The step as one that checks its rows. */
  public Optional<Node.Expect> expect() {
    return expect;
  }

  /** The step as the author's permission for the one before to vary. */
  public Optional<Node.AllowVariation> allowance() {
    return allowance;
  }

  /** The name that the step gives its rows. */
  public Optional<String> alias() {
    return alias;
  }

  private NodeProperties with(Role role, String... texts) {
    return with(role, List.of(texts));
  }

  private NodeProperties with(Role role, List<String> texts) {
    texts.forEach(text -> expressions.add(new NodeExpression(role, text)));
    return this;
  }

  /** One answer for each kind of step. */
  private static final class Answers implements NodeVisitor<NodeProperties> {
    /** Of what doesn't touch rows, and only says something about them. */
    private static final NodeProperty[] REMARK = {
      NodeProperty.KEEPS_ROWS,
      NodeProperty.KEEPS_COLUMNS,
      NodeProperty.KEEPS_ALIASES,
      NodeProperty.KEEPS_ORDER,
      NodeProperty.NEVER_VARIES
    };

    @Override
    public NodeProperties visitRead(Node.Read node) {
      NodeProperties read = new NodeProperties(NodeProperty.NEVER_VARIES);
      read.source = Optional.of(node);
      return read;
    }

    @Override
    public NodeProperties visitSelect(Node.Select node) {
      return new NodeProperties(NodeProperty.KEEPS_ORDER).with(Role.COLUMN, node.expressions());
    }

    @Override
    public NodeProperties visitWhere(Node.Where node) {
      return new NodeProperties(
              NodeProperty.KEEPS_COLUMNS,
              NodeProperty.KEEPS_ALIASES,
              NodeProperty.KEEPS_ORDER,
              NodeProperty.NEVER_VARIES)
          .with(Role.CONDITION, node.condition());
    }

    @Override
    public NodeProperties visitWith(Node.With node) {
      return new NodeProperties(NodeProperty.KEEPS_ALIASES, NodeProperty.KEEPS_ORDER)
          .with(Role.COLUMN, node.expression());
    }

    @Override
    public NodeProperties visitDrop(Node.Drop node) {
      return ofNames().with(Role.COLUMN_NAME, node.columns());
    }

    @Override
    public NodeProperties visitRename(Node.Rename node) {
      return ofNames().with(Role.COLUMN_NAME, node.from());
    }

    private static NodeProperties ofNames() {
      return new NodeProperties(
          NodeProperty.KEEPS_ALIASES, NodeProperty.KEEPS_ORDER, NodeProperty.NEVER_VARIES);
    }

    @Override
    public NodeProperties visitAlias(Node.Alias node) {
      NodeProperties alias =
          new NodeProperties(
              NodeProperty.KEEPS_ROWS,
              NodeProperty.KEEPS_COLUMNS,
              NodeProperty.KEEPS_ORDER,
              NodeProperty.NEVER_VARIES);
      alias.alias = Optional.of(node.alias());
      return alias;
    }

    @Override
    public NodeProperties visitJoin(Node.Join node) {
      NodeProperties join = new NodeProperties(NodeProperty.MOVES_ROWS);
      join.join = Optional.of(node);
      return node.condition() instanceof JoinCondition.On on
          ? join.with(Role.CONDITION, on.predicate())
          : join;
    }

    @Override
    public NodeProperties visitAggregate(Node.Aggregate node) {
      return new NodeProperties(NodeProperty.MOVES_ROWS)
          .with(Role.KEY, node.keys())
          .with(Role.AGGREGATE, node.aggregates());
    }

    @Override
    public NodeProperties visitDistinct(Node.Distinct node) {
      return chosen();
    }

    @Override
    public NodeProperties visitUnion(Node.Union node) {
      return new NodeProperties();
    }

    @Override
    public NodeProperties visitLatestBy(Node.LatestBy node) {
      return chosen().with(Role.COLUMN_NAME, node.keys()).with(Role.ORDER, node.order());
    }

    /** Some of the rows, chosen by the others. */
    private static NodeProperties chosen() {
      return new NodeProperties(
          NodeProperty.KEEPS_COLUMNS, NodeProperty.KEEPS_ALIASES, NodeProperty.MOVES_ROWS);
    }

    @Override
    public NodeProperties visitOrderBy(Node.OrderBy node) {
      return new NodeProperties(
              NodeProperty.KEEPS_ROWS,
              NodeProperty.KEEPS_COLUMNS,
              NodeProperty.KEEPS_ALIASES,
              NodeProperty.SETS_ORDER,
              NodeProperty.MOVES_ROWS)
          .with(Role.ORDER, node.order());
    }

    @Override
    public NodeProperties visitLimit(Node.Limit node) {
      return new NodeProperties(
          NodeProperty.KEEPS_COLUMNS,
          NodeProperty.KEEPS_ALIASES,
          NodeProperty.KEEPS_ORDER,
          NodeProperty.MOVES_ROWS);
    }

    @Override
    public NodeProperties visitSql(Node.Sql node) {
      NodeProperties query = new NodeProperties(NodeProperty.MOVES_ROWS);
      query.query = Optional.of(node);
      return query.with(Role.QUERY, node.query());
    }

    @Override
    public NodeProperties visitTransform(Node.Transform node) {
      NodeProperties transform = new NodeProperties(NodeProperty.MOVES_ROWS);
      transform.nativeCode = Optional.of(node);
      return transform;
    }

    @Override
    public NodeProperties visitHint(Node.Hint node) {
      return new NodeProperties(REMARK);
    }

    @Override
    public NodeProperties visitExpect(Node.Expect node) {
      NodeProperties expect = new NodeProperties(REMARK);
      expect.expect = Optional.of(node);
      expect.expressions.addAll(NodeExpression.of(node.expectations()));
      return expect;
    }

    @Override
    public NodeProperties visitAllowVariation(Node.AllowVariation node) {
      NodeProperties allowance = new NodeProperties(REMARK);
      allowance.allowance = Optional.of(node);
      return allowance;
    }
  }
}
