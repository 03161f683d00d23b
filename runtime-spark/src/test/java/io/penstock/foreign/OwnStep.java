package io.penstock.foreign;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A step of a plan that a user has written, over the rows of another one. */
public final class OwnStep extends LogicalPlan {
  private static final long serialVersionUID = 1L;
  private final LogicalPlan child;

  /** Spark makes copies by this constructor. */
  public OwnStep(LogicalPlan child) {
    this.child = child;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public Seq<Attribute> output() {
    return child.output();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return new OwnStep(newChildren.head());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int position) {
    return child;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OwnStep;
  }
}
