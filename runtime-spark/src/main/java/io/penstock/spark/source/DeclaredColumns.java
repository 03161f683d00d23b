package io.penstock.spark.source;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.LakePath;
import org.apache.spark.sql.types.StructType;

/** Parses the columns that users declare as DDL. */
public final class DeclaredColumns {
  private DeclaredColumns() {}

  /**
   * The columns of a source.
   *
   * @throws PlanProblemException if the text can't be parsed
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
