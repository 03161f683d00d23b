package io.penstock.spark.repeatability;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MapEntries;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType$;
import scala.runtime.BoxedUnit;

/**
 * The values that break ties between rows that are equal in an order: all their columns. Rows that
 * agree in these, too, are the same row.
 *
 * <p>Values that are equal in an order may differ in a file: texts whose collation ignores case,
 * and 0.0 and -0.0. After their order, their characters decide. A map has no order, but the list of
 * its entries has. The two zeros still count as one value: an order that an author wrote is total
 * without their characters.
 */
final class TieBreakers {
  private TieBreakers() {}

  /** The values that distinguish rows, column after column. */
  static List<Expression> of(List<Attribute> columns) {
    List<Expression> values = new ArrayList<>();
    columns.forEach(column -> values.addAll(of(column)));
    return values;
  }

  /** The values that an order must contain to distinguish all rows that differ. */
  static List<Expression> required(List<Attribute> columns) {
    List<Expression> values = new ArrayList<>();
    for (Attribute column : columns) {
      List<Expression> all = of(column);
      boolean first = UnsafeRowUtils.isBinaryStable(column.dataType()) && all.size() > 1;
      values.addAll(first ? all.subList(0, 1) : all);
    }
    return values;
  }

  /** The columns without an order, so that rows that differ only in them can't be distinguished. */
  static List<String> orderless(List<Attribute> columns) {
    return columns.stream().filter(column -> of(column).isEmpty()).map(Attribute::name).toList();
  }

  private static List<Expression> of(Attribute column) {
    DataType type = column.dataType();
    if (type instanceof MapType map) {
      boolean orderly =
          RowOrdering.isOrderable(map.keyType()) && RowOrdering.isOrderable(map.valueType());
      return orderly ? withCharacters(new MapEntries(column), column) : List.of();
    }
    if (!RowOrdering.isOrderable(type)) {
      return List.of();
    }
    if (type instanceof DoubleType) {
      return List.of(column, charactersOfZero(column, Literal.create(0.0d, type)));
    }
    if (type instanceof FloatType) {
      return List.of(column, charactersOfZero(column, Literal.create(0.0f, type)));
    }
    return withCharacters(column, column);
  }

  private static List<Expression> withCharacters(Expression order, Attribute column) {
    DataType type = column.dataType();
    return UnsafeRowUtils.isBinaryStable(type) && !Floats.in(type)
        ? List.of(order)
        : List.of(order, characters(column));
  }

  /** Only zeros are converted to text, because that takes longer than to compare numbers. */
  private static Expression charactersOfZero(Attribute column, Literal zero) {
    return new If(
        new EqualTo(column, zero), characters(column), Literal.create(null, StringType$.MODULE$));
  }

  private static Expression characters(Attribute column) {
    Cast text = new Cast(column, StringType$.MODULE$, scala.Option.empty(), EvalMode.ANSI());
    // As if it were written by hand: conversions that Spark adds are judged.
    text.setTagValue(Cast.USER_SPECIFIED_CAST(), BoxedUnit.UNIT);
    return text;
  }
}
