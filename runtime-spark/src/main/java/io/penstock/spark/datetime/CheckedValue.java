package io.penstock.spark.datetime;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression that returns its child's value unchanged, or fails when the check refuses it.
 *
 * <p>It is never foldable: Spark treats words such as {@code today} as times only where they are
 * constants.
 */
public final class CheckedValue extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;
  private final Expression child;
  private final ValueCheck check;

  /** Spark makes copies with this constructor. */
  public CheckedValue(Expression child, ValueCheck check) {
    this.child = child;
    this.check = check;
  }

  /** Whether a value passes a check of this kind. */
  static boolean isChecked(Expression value, Class<? extends ValueCheck> kind) {
    return value instanceof CheckedValue fixed
        && (kind.isInstance(fixed.check) || isChecked(fixed.child, kind));
  }

  @Override
  public Seq<Expression> children() {
    return seq(List.of(child));
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
  public boolean nullIntolerant() {
    return true;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Object eval(InternalRow row) {
    Object value = child.eval(row);
    if (value != null) {
      check.require(value);
    }
    return value;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode value = child.genCode(context);
    String guard = context.addReferenceObj("check", check, ValueCheck.class.getName());
    // Numbers are primitives here, and Janino doesn't box them.
    String checked =
        CodeGenerator.isPrimitiveType(dataType())
            ? CodeGenerator.boxedType(dataType()) + ".valueOf(" + value.value() + ")"
            : value.value().toString();
    String required = "if (!%s) { %s.require(%s); }".formatted(value.isNull(), guard, checked);
    return new ExprCode(
        value.code().$plus(new CodeBlock(seq(List.of(required)), seq(List.of()))),
        value.isNull(),
        value.value());
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new CheckedValue(newChildren.head(), check);
  }

  @Override
  public Seq<Object> otherCopyArgs() {
    return seq(List.of(check));
  }

  /** The check appears neither in messages nor in column names. */
  @Override
  public String sql() {
    return child.sql();
  }

  @Override
  public String prettyName() {
    return "checked_value";
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
    return other instanceof CheckedValue;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckedValue fixed
        && child.equals(fixed.child)
        && check.equals(fixed.check);
  }

  @Override
  public int hashCode() {
    return 31 * child.hashCode() + check.hashCode();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
