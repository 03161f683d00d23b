package io.penstock.spark.datetime;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression that hands on the value of its only child, checked or converted. It appears neither
 * in messages nor in column names.
 *
 * <p>It is never foldable: Spark treats words such as {@code today} as times only where they are
 * constants.
 */
public abstract class WrappedValue extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression child;

  /** What makes it differ from another one with the same child, as its constructor takes it. */
  private final List<?> parts;

  protected WrappedValue(Expression child, List<?> parts) {
    this.child = child;
    this.parts = List.copyOf(parts);
  }

  protected final Expression child() {
    return child;
  }

  /** The child's value as an object: numbers are primitives, and Janino doesn't box them. */
  protected final String boxed(ExprCode value) {
    return CodeGenerator.isPrimitiveType(child.dataType())
        ? CodeGenerator.boxedType(child.dataType()) + ".valueOf(" + value.value() + ")"
        : value.value().toString();
  }

  /** The code of the child's value, and behind it further statements. */
  protected static CodeBlock followedBy(ExprCode value, String statements) {
    return (CodeBlock) value.code().$plus(new CodeBlock(seq(List.of(statements)), seq(List.of())));
  }

  @Override
  public final Seq<Expression> children() {
    return seq(List.of(child));
  }

  @Override
  public final boolean foldable() {
    return false;
  }

  @Override
  public final Seq<Object> otherCopyArgs() {
    return seq(List.copyOf(parts));
  }

  @Override
  public final String sql() {
    return child.sql();
  }

  @Override
  public final int productArity() {
    return 1;
  }

  @Override
  public final Object productElement(int position) {
    return child;
  }

  @Override
  public final boolean canEqual(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public final boolean equals(Object other) {
    return canEqual(other)
        && child.equals(((WrappedValue) other).child)
        && parts.equals(((WrappedValue) other).parts);
  }

  @Override
  public final int hashCode() {
    return 31 * child.hashCode() + parts.hashCode();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
