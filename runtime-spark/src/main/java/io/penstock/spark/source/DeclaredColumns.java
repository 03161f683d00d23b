package io.penstock.spark.source;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.LakePath;
import org.apache.spark.sql.types.StructType;

/** Columns that the user declares as DDL. */
public final class DeclaredColumns {
  private DeclaredColumns() {}

  /**
   * The columns of a source.
   *
   * @throws PlanProblemException when the text doesn't parse
   */
  public static StructType of(LakePath source, String ddl) {
    try {
      return StructType.fromDDL(ddl);
    } catch (Exception e) {
      throw new PlanProblemException(
          "INVALID_SCHEMA",
          "Cannot read \"%s\" as the columns of '%s'.".formatted(ddl, source),
          "declare each column with its type, such as \"sessionid STRING, ts TIMESTAMP\".");
    }
  }
}
