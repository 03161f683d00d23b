package io.penstock.spark.expressions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of a plan that only a name with an alias finds: the other side's key of a join by
 * {@code using}.
 */
public final class HiddenColumns {
  private static final String HIDDEN = "__qualified_access_only";

  /** Of more columns with one name no one is found, as of two. */
  private static final int MOST_OF_A_NAME = 2;

  private HiddenColumns() {}

  /**
   * Those that an expression can name, or fails to because of another one. A step that is joined
   * with itself, again and again, has twice as many hidden columns each time, most of which nothing
   * can name.
   */
  public static List<Attribute> of(LogicalPlan plan) {
    Map<String, Integer> found = new HashMap<>();
    List<Attribute> hidden = new ArrayList<>();
    for (Attribute column : CollectionConverters.asJava(plan.metadataOutput())) {
      if (column.metadata().contains(HIDDEN)
          && !column.qualifier().isEmpty()
          && found.merge(column.qualifiedName(), 1, Integer::sum) <= MOST_OF_A_NAME) {
        hidden.add(column);
      }
    }
    return hidden;
  }
}
