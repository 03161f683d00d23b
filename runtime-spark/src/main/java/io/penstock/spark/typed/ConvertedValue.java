package io.penstock.spark.typed;

import io.penstock.spark.records.MalformedInputException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
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
 * The value of a declared column, made of the one that a file holds. It fails where that isn't a
 * value of the declared type, and names the file and the column.
 */
public final class ConvertedValue extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression child;
  private final String column;
  private final DataType type;
  private final ValueConversion conversion;

  /** Spark makes copies with this constructor. */
  public ConvertedValue(
      Expression child, String column, DataType type, ValueConversion conversion) {
    this.child = child;
    this.column = column;
    this.type = type;
    this.conversion = conversion;
  }

  /**
   * Converts a value.
   *
   * @throws MalformedInputException if it isn't one of the declared type
   */
  public Object convert(Object value) {
    try {
      return conversion.convert(value);
    } catch (UnfitValueException e) {
      throw e.in(file(), column);
    }
  }

  /** The file that the task reads at the moment. */
  private static String file() {
    return new Path(URI.create(InputFileBlockHolder.getInputFilePath().toString())).toString();
  }

  @Override
  public Seq<Expression> children() {
    return seq(List.of(child));
  }

  @Override
  public DataType dataType() {
    return type;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Object eval(InternalRow row) {
    return convert(child.eval(row));
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode value = child.genCode(context);
    String self = context.addReferenceObj("conversion", this, ConvertedValue.class.getName());
    // Numbers are primitives here, and Janino doesn't box them.
    String boxed =
        CodeGenerator.isPrimitiveType(child.dataType())
            ? CodeGenerator.boxedType(child.dataType()) + ".valueOf(" + value.value() + ")"
            : value.value().toString();
    String converted = context.freshName("converted");
    String statements =
        "Object %s = %s.convert(%s ? (Object) null : (Object) %s);\nboolean %s = %s == null;\n%s %s = %s ? %s : (%s) %s;"
            .formatted(
                converted,
                self,
                value.isNull(),
                boxed,
                code.isNull(),
                converted,
                CodeGenerator.javaType(type),
                code.value(),
                code.isNull(),
                CodeGenerator.defaultValue(type, true),
                CodeGenerator.boxedType(type),
                converted);
    return new ExprCode(
        value.code().$plus(new CodeBlock(seq(List.of(statements)), seq(List.of()))),
        code.isNull(),
        code.value());
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new ConvertedValue(newChildren.head(), column, type, conversion);
  }

  @Override
  public Seq<Object> otherCopyArgs() {
    return seq(List.of(column, type, conversion));
  }

  @Override
  public String sql() {
    return child.sql();
  }

  @Override
  public String prettyName() {
    return "converted_value";
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
    return other instanceof ConvertedValue;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConvertedValue that
        && child.equals(that.child)
        && column.equals(that.column)
        && type.equals(that.type)
        && conversion.equals(that.conversion);
  }

  @Override
  public int hashCode() {
    return 31 * child.hashCode() + conversion.hashCode();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
