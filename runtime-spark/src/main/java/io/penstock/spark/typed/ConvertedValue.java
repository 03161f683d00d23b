package io.penstock.spark.typed;

import io.penstock.spark.datetime.WrappedValue;
import io.penstock.spark.records.MalformedInputException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;

/**
 * The value of a declared column, made of the one that a file holds. It fails where that isn't a
 * value of the declared type, and names the file and the column.
 */
public final class ConvertedValue extends WrappedValue {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final DataType type;
  private final ValueConversion conversion;

  /** Spark makes copies with this constructor. */
  public ConvertedValue(
      Expression child, String column, DataType type, ValueConversion conversion) {
    super(child, List.of(column, type, conversion));
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
  public DataType dataType() {
    return type;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public Object eval(InternalRow row) {
    return convert(child().eval(row));
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode value = child().genCode(context);
    String self = context.addReferenceObj("conversion", this, ConvertedValue.class.getName());
    String converted = context.freshName("converted");
    String statements =
        "Object %s = %s.convert(%s ? (Object) null : (Object) %s);\nboolean %s = %s == null;\n%s %s = %s ? %s : (%s) %s;"
            .formatted(
                converted,
                self,
                value.isNull(),
                boxed(value),
                code.isNull(),
                converted,
                CodeGenerator.javaType(type),
                code.value(),
                code.isNull(),
                CodeGenerator.defaultValue(type, true),
                CodeGenerator.boxedType(type),
                converted);
    return new ExprCode(followedBy(value, statements), code.isNull(), code.value());
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new ConvertedValue(newChildren.head(), column, type, conversion);
  }

  @Override
  public String prettyName() {
    return "converted_value";
  }
}
