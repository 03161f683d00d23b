package io.penstock.spark.repeatability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.EliminateSubqueryAliases;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.optimizer.ReplaceDeduplicateWithAggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Proves keys unique from a plan: rows that were grouped by some columns differ in them, whatever
 * the data. Keys that can't be proved unique have to be counted.
 */
public final class DistinctKeys {
  private DistinctKeys() {}

  /**
   * Whether no two rows can agree in the columns. The analysed plan is used, because the optimizer
   * would evaluate constants, including functions of native code.
   */
  public static boolean prove(Dataset<Row> rows, List<String> columns) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    Set<Expression> named = new HashSet<>();
    for (Attribute attribute : CollectionConverters.asJava(plan.output())) {
      if (columns.stream().anyMatch(attribute.name()::equalsIgnoreCase)) {
        named.add(attribute.canonicalized());
      }
    }
    return prove(plan, named);
  }

  /**
   * Whether no two rows of an analysed plan can agree in the values.
   *
   * @param values in their canonical form
   */
  public static boolean prove(LogicalPlan analysed, Set<Expression> values) {
    LogicalPlan plan =
        ReplaceDeduplicateWithAggregate.apply(EliminateSubqueryAliases.apply(analysed));
    for (ExpressionSet key : CollectionConverters.asJava(plan.distinctKeys())) {
      if (CollectionConverters.asJava(key.toSeq()).stream()
          .map(Expression::canonicalized)
          .allMatch(values::contains)) {
        return true;
      }
    }
    return false;
  }
}
