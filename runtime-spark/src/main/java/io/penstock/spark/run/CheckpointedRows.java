package io.penstock.spark.run;

import io.penstock.spark.expressions.HiddenColumns;
import io.penstock.spark.expressions.RowOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Project$;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows that are computed once and read several times.
 *
 * <p>They are kept by a local checkpoint and not by a cache: Spark would compute lost blocks of a
 * cache again, perhaps to other rows, while a lost block of a checkpoint fails the run.
 *
 * <p>A checkpoint alone forgets the order of its rows, and the hidden columns that only a name with
 * an alias finds: the other side's key of a join by {@code using}. Both are kept in columns of
 * their own, and given back.
 */
final class CheckpointedRows implements AutoCloseable {
  private final List<RDD<?>> kept = new ArrayList<>();

  /** Computes a frame; its rows stay in memory, or on local disks where memory is short. */
  Dataset<Row> compute(Dataset<Row> frame) {
    LogicalPlan plan = frame.queryExecution().analyzed();
    boolean ordered = RowOrder.in(plan).sortOf(plan).isPresent();
    List<Attribute> hidden = HiddenColumns.of(plan);
    if (!ordered && hidden.isEmpty()) {
      return checkpoint(frame);
    }
    int width = plan.output().size();
    List<Column> columns = new ArrayList<>();
    CollectionConverters.asJava(plan.output())
        .forEach(column -> columns.add(ExpressionUtils.column(column)));
    hidden.forEach(column -> columns.add(ExpressionUtils.column(column)));
    if (ordered) {
      // Grows along the partitions of a sort, and within each of them.
      columns.add(functions.monotonically_increasing_id());
    }
    Dataset<Row> rows = checkpoint(frame.select(columns.toArray(Column[]::new)));
    List<Attribute> output = CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    LogicalPlan restored = rows.queryExecution().analyzed();
    if (ordered) {
      restored = sorted(restored, output.get(output.size() - 1));
    }
    Project visible =
        new Project(seq(List.<NamedExpression>copyOf(output.subList(0, width))), restored);
    visible.setTagValue(
        Project$.MODULE$.hiddenOutputTag(), seq(output.subList(width, width + hidden.size())));
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) frame.sparkSession(), visible);
  }

  private static Sort sorted(LogicalPlan rows, Attribute position) {
    SortOrder ascending =
        new SortOrder(position, Ascending$.MODULE$, NullsFirst$.MODULE$, seq(List.of()));
    return new Sort(seq(List.of(ascending)), true, rows, Option.empty());
  }

  private Dataset<Row> checkpoint(Dataset<Row> frame) {
    Dataset<Row> rows = frame.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
    for (var leaf : CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves())) {
      if (leaf instanceof LogicalRDD logical) {
        kept.add(logical.rdd());
      }
    }
    return rows;
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  @Override
  public void close() {
    kept.forEach(rdd -> rdd.unpersist(false));
  }
}
