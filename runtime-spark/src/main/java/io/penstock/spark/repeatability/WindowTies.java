package io.penstock.spark.repeatability;

import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.PercentRank;
import org.apache.spark.sql.catalyst.expressions.Rank;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AnyValue;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;

/**
 * How a window function depends on the order of ties, rows that are equal in the window's order.
 */
enum WindowTies {
  /** It doesn't depend on their order. */
  INDIFFERENT,
  /** It depends on their order, which additional keys in the window's order determine. */
  SETTLED_BY_MORE_KEYS,
  /** It depends on their order, but additional keys would change the frame. */
  CHANGED_BY_MORE_KEYS;

  static WindowTies of(WindowExpression window) {
    Expression function = window.windowFunction();
    if (function instanceof Rank
        || function instanceof DenseRank
        || function instanceof PercentRank
        || function instanceof CumeDist) {
      return INDIFFERENT;
    }
    if (!(function instanceof AggregateExpression || function instanceof NthValue)) {
      return SETTLED_BY_MORE_KEYS;
    }
    WindowFrame frame = window.windowSpec().frameSpecification();
    if (!(frame instanceof SpecifiedWindowFrame specified)) {
      return SETTLED_BY_MORE_KEYS;
    }
    boolean fromStart = specified.lower() instanceof UnboundedPreceding$;
    boolean whole = fromStart && specified.upper() instanceof UnboundedFollowing$;
    if (!whole && specified.frameType() instanceof RowFrame$) {
      return SETTLED_BY_MORE_KEYS;
    }
    if (function instanceof AggregateExpression aggregate
        && !AggregateKind.of(aggregate).dependsOnOrder()) {
      return INDIFFERENT;
    }
    boolean takesFirst =
        function instanceof AggregateExpression aggregate
            && aggregate.filter().isEmpty()
            && takesFirstRow(aggregate.aggregateFunction());
    // A frame that ends at a distance from the row's value allows only one key.
    boolean byValue = !(specified.upper() instanceof SpecialFrameBoundary);
    return whole || (fromStart && takesFirst && !byValue)
        ? SETTLED_BY_MORE_KEYS
        : CHANGED_BY_MORE_KEYS;
  }

  /** Whether it takes the first row, which is the same one wherever the frame ends. */
  private static boolean takesFirstRow(Expression function) {
    return (function instanceof First first && !first.ignoreNulls())
        || (function instanceof AnyValue any && !any.ignoreNulls());
  }
}
