package io.penstock.spark.source;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.LakePath;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** A source's own columns stay: none is replaced by one that a partition or a window adds. */
public final class OwnColumns {
  private OwnColumns() {}

  /**
   * Refuses a name that the source has already.
   *
   * @param holder what has the columns, with its verb
   */
  public static void require(
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
