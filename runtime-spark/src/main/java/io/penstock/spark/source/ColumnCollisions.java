package io.penstock.spark.source;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.LakePath;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Keeps partitions and windows from replacing a column of their source. */
public final class ColumnCollisions {
  private ColumnCollisions() {}

  /**
   * Refuses added columns that the source has already.
   *
   * @param holder what has the columns, with a verb, {@code the files hold}
   */
  public static void refuse(
      LakePath source, String holder, List<String> added, StructType columns) {
    for (String name : added) {
      for (String own : columns.fieldNames()) {
        if (own.equalsIgnoreCase(name)) {
          throw new PlanProblemException(
              "DUPLICATE_COLUMN",
              "Cannot give the rows of '%s' a column '%s' for their unit: %s a column '%s' of their own."
                  .formatted(source, name, holder, own),
              "give the column of the unit another name, in Partition.daily(…) or as(…).");
        }
      }
    }
  }
}
