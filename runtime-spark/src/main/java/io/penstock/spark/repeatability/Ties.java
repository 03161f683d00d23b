package io.penstock.spark.repeatability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a plan that are equal in an order, and the values that would break these ties. */
final class Ties {
  private final LogicalPlan rows;
  private final List<Attribute> columns;

  Ties(LogicalPlan rows) {
    this.rows = rows;
    this.columns = CollectionConverters.asJava(rows.output());
  }

  /** The values that rows are ordered by. */
  static List<Expression> values(Seq<SortOrder> order) {
    return CollectionConverters.asJava(order).stream().map(SortOrder::child).toList();
  }

  /** The values in which the ties of a window agree. */
  static List<Expression> values(Seq<SortOrder> order, Seq<Expression> partition) {
    List<Expression> values = new ArrayList<>(values(order));
    values.addAll(CollectionConverters.asJava(partition));
    return values;
  }

  /** Whether an order by these values leaves no ties, except between identical rows. */
  boolean areBroken(List<Expression> values) {
    Set<Expression> given = canonical(values);
    boolean total =
        orderless().isEmpty()
            && TieBreakers.required(columns).stream()
                .allMatch(value -> given.contains(value.canonicalized()));
    return total || areUnique(values);
  }

  /** Whether the plan proves that no two rows agree in these values. */
  boolean areUnique(List<Expression> values) {
    return DistinctKeys.prove(rows, canonical(values));
  }

  /** The keys that an order by these values needs in addition, as far as columns have an order. */
  List<SortOrder> missing(List<Expression> values) {
    Set<Expression> given = canonical(values);
    return TieBreakers.of(columns).stream()
        .filter(value -> !given.contains(value.canonicalized()))
        .map(Ties::ascending)
        .toList();
  }

  /** Why no order breaks the ties, to follow a sentence; empty when one could. */
  String reason() {
    return orderless().isEmpty()
        ? ""
        : ": column '%s' has no order".formatted(String.join("', '", orderless()));
  }

  private List<String> orderless() {
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
