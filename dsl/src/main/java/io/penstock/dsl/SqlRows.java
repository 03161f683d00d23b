package io.penstock.dsl;

import io.penstock.plan.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of a query; more tables can still be named. */
public final class SqlRows extends Rows {
  private final Node.Sql sql;

  SqlRows(Node.Sql sql) {
    super(sql);
    this.sql = sql;
  }

  /** The rows that stand under this name in the query. */
  public SqlRows from(String name, Rows rows) {
    Map<String, Node> tables = new LinkedHashMap<>(sql.tables());
    if (tables.put(name, rows.plan()) != null) {
      throw new IllegalArgumentException(
          "Cannot name two tables '" + name + "' in one query: give one of them another name.");
    }
    return new SqlRows(new Node.Sql(sql.query(), tables, sql.site()));
  }
}
