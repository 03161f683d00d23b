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

/** What rows that are equal in the order of a window mean to a function over it. */
enum WindowTies {
  /** They are treated alike, or the function sees all of them in any order. */
  INDIFFERENT,
  /** Their order matters, and more keys behind the order of the window settle it. */
  SETTLED_BY_MORE_KEYS,
  /** Their order matters, but more keys would make the frame another one. */
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
    // A frame that ends so far behind the row's own value takes one key and no more.
    boolean byValue = !(specified.upper() instanceof SpecialFrameBoundary);
    return whole || (fromStart && takesFirst && !byValue)
        ? SETTLED_BY_MORE_KEYS
        : CHANGED_BY_MORE_KEYS;
  }

  /** The first row of such a frame stays its first row, wherever the frame ends. */
  private static boolean takesFirstRow(Expression function) {
    return (function instanceof First first && !first.ignoreNulls())
        || (function instanceof AnyValue any && !any.ignoreNulls());
  }
}
