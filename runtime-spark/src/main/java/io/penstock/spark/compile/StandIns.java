package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.Write;
import io.penstock.spark.expressions.HiddenColumns;
import io.penstock.spark.expressions.RowOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Project$;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * What readers of a large step are analysed on, while a pipeline is compiled: a leaf with the
 * columns of the step. Spark's plans are trees, and it copies what both sides of a join share: a
 * step that is joined with itself, again and again, would double its plan each time.
 *
 * <p>A leaf says less of its rows than a plan, such as which keys are unique. So small plans have
 * none, and neither have rows that were ever sorted: what follows from their order is judged on the
 * whole plan. A leaf has no rows either: a run {@linkplain FrameBuilder#buildWhole builds all steps
 * whole}.
 */
final class StandIns {
  /** The nodes of a plan, each as often as it stands in the tree, from which on it is large. */
  private static final int LARGE = 1_000;

  private final IdentityHashMap<Node, Integer> readers = new IdentityHashMap<>();
  private final PlanSizes sizes = new PlanSizes();
  private boolean used;

  private StandIns() {}

  /** For no step: for rows that are computed from the frames that are built. */
  static StandIns none() {
    return new StandIns();
  }

  /** For the steps that several others read. */
  static StandIns of(List<Write> writes) {
    StandIns standIns = new StandIns();
    for (Node node : Nodes.inOrder(writes)) {
      node.inputs().forEach(standIns::read);
    }
    writes.forEach(write -> standIns.read(write.rows()));
    return standIns;
  }

  private void read(Node node) {
    readers.merge(node, 1, Integer::sum);
  }

  /** The frame that stands for a step's own; empty where its own will do. */
  Optional<Dataset<Row>> of(Node node, Dataset<Row> frame) {
    if (readers.getOrDefault(node, 0) < 2) {
      return Optional.empty();
    }
    LogicalPlan plan = frame.queryExecution().analyzed();
    if (sizes.of(plan) < LARGE) {
      return Optional.empty();
    }
    RowOrder order = RowOrder.in(plan);
    if (order.sortOf(plan).isPresent() || order.isLost(plan)) {
      return Optional.empty();
    }
    used = true;
    return Optional.of(leaf((SparkSession) frame.sparkSession(), plan));
  }

  /** Whether any step was built on such a leaf. */
  boolean areUsed() {
    return used;
  }

  /** With the hidden columns, too: only a name with an alias finds them. */
  static Dataset<Row> leaf(SparkSession session, LogicalPlan plan) {
    List<Attribute> visible = CollectionConverters.asJava(plan.output());
    List<Attribute> hidden = HiddenColumns.of(plan);
    List<Attribute> all = new ArrayList<>(visible);
    all.addAll(hidden);
    LogicalRDD leaf =
        new LogicalRDD(
            seq(all),
            new NoRows(session.sparkContext()),
            new UnknownPartitioning(0),
            seq(List.of()),
            false,
            Option.empty(),
            session,
            Option.empty(),
            Option.empty());
    Project columns = new Project(seq(List.<NamedExpression>copyOf(visible)), leaf);
    columns.setTagValue(Project$.MODULE$.hiddenOutputTag(), seq(hidden));
    return org.apache.spark.sql.classic.Dataset.ofRows(session, columns);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /** Fails when it is asked for rows: none would be a wrong answer. */
  private static final class NoRows extends RDD<InternalRow> {
    private static final long serialVersionUID = 1L;

    NoRows(SparkContext context) {
      super(context, seq(List.of()), ClassTag$.MODULE$.apply(InternalRow.class));
    }

    @Override
    public Partition[] getPartitions() {
      throw new IllegalStateException("A step was computed on what stands for the rows it reads.");
    }

    @Override
    public Iterator<InternalRow> compute(Partition partition, TaskContext context) {
      throw new IllegalStateException("A step was computed on what stands for the rows it reads.");
    }
  }
}
