package io.penstock.spark.coercion;

import io.penstock.spark.datetime.CheckedValue;
import io.penstock.spark.datetime.ConstantFolding;
import io.penstock.spark.datetime.ConstantFolding.Constant;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One of the values that meet.
 *
 * @param written the value as its author wrote it
 * @param converted the same with the casts that Spark added
 * @param origin where the value comes from, in a step below a set operation; else the written one
 */
record Side(Expression written, Expression converted, Expression origin) {

  /** How Spark names subqueries that have no name. */
  private static final String GENERATED = "__auto_generated";

  /** A part of an expression. */
  static Side of(Expression part) {
    Expression written = written(part);
    return new Side(written, part, written);
  }

  /** A column of one of the parts of a set operation, which Spark converts in a step above it. */
  static Side ofColumn(LogicalPlan part, int position) {
    Attribute column = part.output().apply(position);
    Expression converted = definition(column, part);
    Expression written = written(converted);
    Expression origin = written;
    LogicalPlan rows = part;
    while (origin instanceof Attribute inner && !rows.children().isEmpty()) {
      rows = rows.children().head();
      origin = definition(inner, rows);
      if (!(rows instanceof Project || rows instanceof SubqueryAlias)) {
        break;
      }
    }
    return new Side(written, converted, origin);
  }

  private static Expression definition(Attribute column, LogicalPlan rows) {
    List<NamedExpression> columns =
        rows instanceof Project project
            ? CollectionConverters.asJava(project.projectList())
            : List.of();
    return columns.stream()
        .filter(named -> named.exprId().equals(column.exprId()))
        .map(named -> named instanceof Alias alias ? alias.child() : (Expression) named)
        .findFirst()
        .orElse(column);
  }

  private static Expression written(Expression converted) {
    Expression value = converted;
    while (isAdded(value)) {
      value = value.children().head();
    }
    return value;
  }

  private static boolean isAdded(Expression value) {
    return value instanceof CheckedValue
        || (value instanceof Cast cast && cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty());
  }

  /** The value itself, where it is known before there are rows. */
  Constant constant() {
    return ConstantFolding.of(origin);
  }

  DataType type() {
    return written.dataType();
  }

  DataType commonType() {
    return converted.dataType();
  }

  /** Whether the conversion keeps this value, or all values of its type. */
  boolean isKept() {
    return allValuesAreKept() || constantIsKept();
  }

  /** Whether each of Spark's conversions holds all values of the one before. */
  private boolean allValuesAreKept() {
    Expression value = converted;
    while (isAdded(value)) {
      Expression before = value.children().head();
      if (!ExactTypes.holds(value.dataType(), before.dataType())) {
        return false;
      }
      value = before;
    }
    return true;
  }

  private boolean constantIsKept() {
    Constant constant = constant();
    if (!constant.known()) {
      return false;
    }
    Constant after = ConstantFolding.of(onConstant(converted, constant));
    return after.known()
        && ExactConstants.isKept(constant.value(), type(), after.value(), commonType());
  }

  /** The conversion of the constant itself, which may be defined in a step below. */
  private Expression onConstant(Expression value, Constant constant) {
    return isAdded(value)
        ? value.mapChildren(child -> onConstant(child, constant))
        : new Literal(constant.value(), type());
  }

  /** Whether these constants are told apart from all values of the column, as they were before. */
  boolean isSeparatedFrom(List<Side> constants) {
    return constants.stream()
        .allMatch(
            other ->
                other.constant().known()
                    && other.isKept()
                    && (other.constant().value() == null
                        || ExactConstants.separates(
                            other.constant().value(), type(), commonType())));
  }

  /** Whether the value stands for another expression, which is judged in its place. */
  boolean isReference() {
    return written instanceof CommonExpressionRef;
  }

  /** The value as an author would write it. */
  String sql() {
    Expression shown = written instanceof OuterReference outer ? (Expression) outer.e() : written;
    if (shown instanceof AttributeReference column) {
      return column.qualifier().isEmpty() || column.qualifier().last().startsWith(GENERATED)
          ? column.name()
          : column.qualifier().last() + "." + column.name();
    }
    if (shown instanceof Literal literal && literal.dataType() instanceof StringType) {
      return literal.sql();
    }
    if (shown instanceof PlanExpression<?>) {
      return "(SELECT …)";
    }
    return org.apache.spark.sql.catalyst.util.package$.MODULE$.toPrettySQL(shown, true);
  }
}
