package io.penstock.foreign;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** An expression that a user has written: its operand as it is, and nobody knows what else. */
public final class OwnExpression extends Expression {
  private static final long serialVersionUID = 1L;
  private final Expression child;

  /** Spark makes copies by this constructor. */
  public OwnExpression(Expression child) {
    this.child = child;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public DataType dataType() {
    return child.dataType();
  }

  @Override
  public boolean nullable() {
    return child.nullable();
  }

  @Override
  public Object eval(InternalRow row) {
    return child.eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return child.genCode(context);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new OwnExpression(newChildren.head());
  }

  @Override
  public String prettyName() {
    return "own_expression";
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
    return other instanceof OwnExpression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnExpression own && child.equals(own.child);
  }

  @Override
  public int hashCode() {
    return child.hashCode();
  }
}
