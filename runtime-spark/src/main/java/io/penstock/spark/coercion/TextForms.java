package io.penstock.spark.coercion;

import io.penstock.spark.datetime.ConstantFolding;
import io.penstock.spark.problems.PlanProblemException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Values that are compared by their text: each value of a type has one, and no other has it. */
public final class TextForms {
  private TextForms() {}

  /**
   * Requires that some value of a column's type has this text.
   *
   * @throws PlanProblemException where none has, or where several have
   */
  public static void require(String column, DataType type, String text) {
    if (type instanceof StringType) {
      return;
    }
    if (type.existsRecursively(TextForms::isAmbiguous)) {
      throw new PlanProblemException(
          "TYPE_MISMATCH",
          "Cannot expect '%s' (%s) to be one of some texts: several of its values have the same one."
              .formatted(column, type.sql()),
          "write it as a predicate, such as satisfies(\"%s = …\").".formatted(column));
    }
    Optional<String> form = form(text, type);
    if (form.filter(text::equals).isEmpty()) {
      throw new PlanProblemException(
          "TYPE_MISMATCH",
          "Cannot expect '%s' (%s) to be '%s': none of its values has this text."
              .formatted(column, type.sql(), text),
          form.map("write '%s'."::formatted)
              .orElseGet(() -> "write a value of the type %s.".formatted(type.sql())));
    }
  }

  private static boolean isAmbiguous(DataType type) {
    return type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof VariantType;
  }

  /** The text of the value that a text names. */
  private static Optional<String> form(String text, DataType type) {
    Expression value = as(new Literal(UTF8String.fromString(text), DataTypes.StringType), type);
    return Optional.ofNullable(ConstantFolding.of(as(value, DataTypes.StringType)).value())
        .map(Object::toString);
  }

  private static Expression as(Expression value, DataType type) {
    return new Cast(value, type, Option.apply("UTC"), EvalMode.TRY());
  }
}
