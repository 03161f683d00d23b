package io.penstock.spark.compile;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The left rows of a join, once each, with one more column that is TRUE for those that have a
 * match. One pass then counts both, where an anti join would only count the others.
 */
final class MatchedRows {
  private static final String MATCHED = "_matched";

  private MatchedRows() {}

  /**
   * The rows with their column.
   *
   * @param unmatched an anti join of these rows, analysed; its condition is taken
   */
  static Dataset<Row> of(Dataset<Row> left, Dataset<Row> unmatched) {
    Join anti = antiJoin(unmatched.queryExecution().analyzed());
    AttributeReference matched =
        new AttributeReference(
            VisibleColumns.unused(left, MATCHED),
            DataTypes.BooleanType,
            false,
            Metadata.empty(),
            NamedExpression$.MODULE$.newExprId(),
            CollectionConverters.asScala(List.<String>of()).toSeq());
    Join existence =
        new Join(
            anti.left(), anti.right(), new ExistenceJoin(matched), anti.condition(), anti.hint());
    List<NamedExpression> columns = new ArrayList<>(CollectionConverters.asJava(left(anti)));
    columns.add(matched);
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) left.sparkSession(),
        new Project(CollectionConverters.asScala(columns).toSeq(), existence));
  }

  /** Whether a row has a match. */
  static Column matched(Dataset<Row> rows) {
    String[] names = rows.columns();
    return functions.col(names[names.length - 1]);
  }

  private static scala.collection.immutable.Seq<? extends NamedExpression> left(Join anti) {
    return anti.left().output();
  }

  private static Join antiJoin(LogicalPlan plan) {
    LogicalPlan step = plan;
    while (!(step instanceof Join join && join.joinType() == LeftAnti$.MODULE$)) {
      step = step.children().head();
    }
    return (Join) step;
  }
}
