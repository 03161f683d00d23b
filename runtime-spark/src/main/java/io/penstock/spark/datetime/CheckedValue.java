package io.penstock.spark.datetime;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;

/** An expression that returns its child's value unchanged, or fails when the check refuses it. */
public final class CheckedValue extends WrappedValue {
  private static final long serialVersionUID = 1L;
  private final ValueCheck check;

  /** Spark makes copies with this constructor. */
  public CheckedValue(Expression child, ValueCheck check) {
    super(child, List.of(check));
    this.check = check;
  }

  /** Whether a value passes a check of this kind. */
  static boolean isChecked(Expression value, Class<? extends ValueCheck> kind) {
    return value instanceof CheckedValue fixed
        && (kind.isInstance(fixed.check) || isChecked(fixed.child(), kind));
  }

  @Override
  public DataType dataType() {
    return child().dataType();
  }

  @Override
  public boolean nullable() {
    return child().nullable();
  }

  @Override
  public boolean nullIntolerant() {
    return true;
  }

  @Override
  public Object eval(InternalRow row) {
    Object value = child().eval(row);
    if (value != null) {
      check.require(value);
    }
    return value;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode value = child().genCode(context);
    String guard = context.addReferenceObj("check", check, ValueCheck.class.getName());
    String required = "if (!%s) { %s.require(%s); }".formatted(value.isNull(), guard, boxed(value));
    return new ExprCode(followedBy(value, required), value.isNull(), value.value());
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new CheckedValue(newChildren.head(), check);
  }

  @Override
  public String prettyName() {
    return "checked_value";
  }
}
