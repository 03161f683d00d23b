package io.penstock.plan;

/**
 * Treats every kind of node. There is no default method, so that a new kind of node does not
 * compile until every visitor has an answer for it.
 *
 * @param <R> what a visit yields
 */
public interface NodeVisitor<R> {
  R visitRead(Node.Read node);

  R visitSelect(Node.Select node);

  R visitWhere(Node.Where node);

  R visitWith(Node.With node);

  R visitDrop(Node.Drop node);

  R visitRename(Node.Rename node);

  R visitAlias(Node.Alias node);

  R visitJoin(Node.Join node);

  R visitAggregate(Node.Aggregate node);

  R visitDistinct(Node.Distinct node);

  R visitUnion(Node.Union node);

  R visitLatestBy(Node.LatestBy node);

  R visitOrderBy(Node.OrderBy node);

  R visitLimit(Node.Limit node);

  R visitSql(Node.Sql node);

  R visitTransform(Node.Transform node);

  R visitHint(Node.Hint node);

  R visitExpect(Node.Expect node);

  R visitAllowVariation(Node.AllowVariation node);
}
