package io.penstock.dsl;

import io.penstock.plan.Node;
import io.penstock.plan.Site;
import java.util.Map;

/** A query that still lacks its tables. */
public final class SqlStep {
  private final String query;
  private final Site site;

  SqlStep(String query, Site site) {
    this.query = query;
    this.site = site;
  }

  /** The rows that stand under this name in the query. */
  public SqlRows from(String name, Rows rows) {
    return new SqlRows(new Node.Sql(query, Map.of(name, rows.plan()), site));
  }
}
