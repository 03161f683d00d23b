package io.penstock.plan;

import io.penstock.spec.Source;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Copies a plan with its sources replaced: for questions about a plan whose inputs aren't there.
 * Every step keeps its place, and a step that several others read stays one.
 */
public final class OtherSources implements NodeVisitor<Node> {
  private final UnaryOperator<Source> other;
  private final IdentityHashMap<Node, Node> made = new IdentityHashMap<>();

  private OtherSources(UnaryOperator<Source> other) {
    this.other = other;
  }

  /** The writes of a pipeline, with each source replaced by what the function makes of it. */
  public static List<Write> in(List<Write> writes, UnaryOperator<Source> other) {
    OtherSources sources = new OtherSources(other);
    return writes.stream()
        .map(write -> new Write(sources.of(write.rows()), write.sink(), write.site()))
        .toList();
  }

  private Node of(Node node) {
    Node known = made.get(node);
    if (known == null) {
      known = node.accept(this);
      made.put(node, known);
    }
    return known;
  }

  @Override
  public Node visitRead(Node.Read node) {
    return new Node.Read(other.apply(node.source()), node.site());
  }

  @Override
  public Node visitSelect(Node.Select node) {
    return new Node.Select(of(node.input()), node.expressions(), node.site());
  }

  @Override
  public Node visitWhere(Node.Where node) {
    return new Node.Where(of(node.input()), node.condition(), node.site());
  }

  @Override
  public Node visitWith(Node.With node) {
    return new Node.With(of(node.input()), node.column(), node.expression(), node.site());
  }

  @Override
  public Node visitDrop(Node.Drop node) {
    return new Node.Drop(of(node.input()), node.columns(), node.site());
  }

  @Override
  public Node visitRename(Node.Rename node) {
    return new Node.Rename(of(node.input()), node.from(), node.to(), node.site());
  }

  @Override
  public Node visitAlias(Node.Alias node) {
    return new Node.Alias(of(node.input()), node.alias(), node.site());
  }

  @Override
  public Node visitJoin(Node.Join node) {
    return new Node.Join(
        of(node.left()), of(node.right()), node.kind(), node.condition(), node.site());
  }

  @Override
  public Node visitAggregate(Node.Aggregate node) {
    return new Node.Aggregate(of(node.input()), node.keys(), node.aggregates(), node.site());
  }

  @Override
  public Node visitDistinct(Node.Distinct node) {
    return new Node.Distinct(of(node.input()), node.site());
  }

  @Override
  public Node visitUnion(Node.Union node) {
    return new Node.Union(of(node.left()), of(node.right()), node.site());
  }

  @Override
  public Node visitLatestBy(Node.LatestBy node) {
    return new Node.LatestBy(of(node.input()), node.keys(), node.order(), node.site());
  }

  @Override
  public Node visitOrderBy(Node.OrderBy node) {
    return new Node.OrderBy(of(node.input()), node.order(), node.site());
  }

  @Override
  public Node visitLimit(Node.Limit node) {
    return new Node.Limit((Node.OrderBy) of(node.input()), node.rows(), node.site());
  }

  @Override
  public Node visitSql(Node.Sql node) {
    Map<String, Node> tables = new LinkedHashMap<>();
    node.tables().forEach((name, rows) -> tables.put(name, of(rows)));
    return new Node.Sql(node.query(), tables, node.site());
  }

  @Override
  public Node visitTransform(Node.Transform node) {
    return new Node.Transform(of(node.input()), node.name(), node.transform(), node.site());
  }

  @Override
  public Node visitHint(Node.Hint node) {
    return new Node.Hint(of(node.input()), node.name(), node.parameters(), node.site());
  }

  @Override
  public Node visitExpect(Node.Expect node) {
    return new Node.Expect(of(node.input()), node.expectations(), node.site());
  }

  @Override
  public Node visitAllowVariation(Node.AllowVariation node) {
    return new Node.AllowVariation(of(node.input()), node.reason(), node.site());
  }
}
