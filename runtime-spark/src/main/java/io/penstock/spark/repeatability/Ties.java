package io.penstock.spark.repeatability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Which rows of a plan an order can't tell apart, and what would. */
final class Ties {
  private final LogicalPlan rows;
  private final List<Attribute> columns;

  Ties(LogicalPlan rows) {
    this.rows = rows;
    this.columns = CollectionConverters.asJava(rows.output());
  }

  /** Whether rows that agree in these values are one row, or can't be told from each other. */
  boolean areTold(List<Expression> values) {
    Set<Expression> there = canonical(values);
    boolean told =
        orderless().isEmpty()
            && TieBreakers.deciding(columns).stream()
                .allMatch(value -> there.contains(value.canonicalized()));
    return told || areUnique(values);
  }

  /** Whether the plan proves that no two rows agree in these values. */
  boolean areUnique(List<Expression> values) {
    return DistinctKeys.prove(rows, canonical(values));
  }

  /** What has to stand behind these values so that they tell apart all that has an order. */
  List<SortOrder> missing(List<Expression> values) {
    Set<Expression> there = canonical(values);
    return TieBreakers.of(columns).stream()
        .filter(value -> !there.contains(value.canonicalized()))
        .map(Ties::ascending)
        .toList();
  }

  List<String> orderless() {
    return TieBreakers.orderless(columns);
  }

  private static SortOrder ascending(Expression value) {
    return new SortOrder(
        value,
        Ascending$.MODULE$,
        NullsFirst$.MODULE$,
        CollectionConverters.asScala(List.<Expression>of()).toSeq());
  }

  private static Set<Expression> canonical(List<Expression> values) {
    Set<Expression> canonical = new HashSet<>();
    values.forEach(value -> canonical.add(value.canonicalized()));
    return canonical;
  }
}
