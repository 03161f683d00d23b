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

/**
 * What tells rows apart that an order holds equal: all their columns. Rows that agree in these,
 * too, are the same row.
 *
 * <p>Equal isn't the same everywhere. Texts whose collation ignores case, 0.0 and -0.0 are equal in
 * an order and differ in a file, so their characters decide behind their order; a map has no order,
 * but the list of its entries has. The two zeros are one value all the same: an order that somebody
 * wrote is total without their characters.
 */
final class TieBreakers {
  private TieBreakers() {}

  /** The values by which rows are told apart, those of one column behind each other. */
  static List<Expression> of(List<Attribute> columns) {
    List<Expression> values = new ArrayList<>();
    columns.forEach(column -> values.addAll(of(column)));
    return values;
  }

  /** Those without which rows that differ in their values are not told apart. */
  static List<Expression> deciding(List<Attribute> columns) {
    List<Expression> values = new ArrayList<>();
    for (Attribute column : columns) {
      List<Expression> all = of(column);
      boolean first = UnsafeRowUtils.isBinaryStable(column.dataType()) && all.size() > 1;
      values.addAll(first ? all.subList(0, 1) : all);
    }
    return values;
  }

  /** The columns that have no order, so that nothing tells rows apart that differ in them alone. */
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

  /** Only the zeros are written out: that takes longer than to compare numbers. */
  private static Expression charactersOfZero(Attribute column, Literal zero) {
    return new If(
        new EqualTo(column, zero), characters(column), Literal.create(null, StringType$.MODULE$));
  }

  private static Expression characters(Attribute column) {
    return new Cast(column, StringType$.MODULE$, scala.Option.empty(), EvalMode.ANSI());
  }
}
