package io.penstock.plan;

import io.penstock.spec.Names;
import java.util.List;

/** When a row of the left matches one of the right. */
public sealed interface JoinCondition {
  /** The columns are equal on both sides, and stand once in the result. */
  record Using(List<String> columns) implements JoinCondition {
    public Using {
      columns = Names.distinct("the columns of using(…)", columns);
    }
  }

  /** A predicate over both sides, whose columns are told apart by alias. */
  record On(String predicate) implements JoinCondition {
    public On {
      Names.text("the predicate of on(…)", predicate);
    }
  }
}
