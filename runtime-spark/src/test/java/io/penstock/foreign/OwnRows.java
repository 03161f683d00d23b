package io.penstock.foreign;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that a user's own plan gets from where nobody knows. */
public final class OwnRows extends LogicalPlan {
  private static final long serialVersionUID = 1L;
  private final Seq<Attribute> output;

  /** Spark makes copies by this constructor. */
  public OwnRows(Seq<Attribute> output) {
    this.output = output;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return CollectionConverters.<LogicalPlan>asScala(List.of()).toSeq();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return this;
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int position) {
    return output;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OwnRows;
  }
}
