package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Refuses from_json for types whose overflow isn't noticed: Jackson reads 200 as an unsigned byte,
 * and Spark multiplies seconds without a check.
 */
final class FromJsonOverflow {
  private FromJsonOverflow() {}

  static Optional<PlanProblemException> refusal(Expression expression) {
    return expression instanceof JsonToStructs json
            && json.schema().existsRecursively(FromJsonOverflow::overflows)
        ? Optional.of(
            PlanProblemException.unsupportedStep(
                "Cannot read a TINYINT or a TIMESTAMP with from_json: Spark silently changes"
                    + " numbers that are too great for them.",
                "read it as BIGINT, or as STRING, and cast it."))
        : Optional.empty();
  }

  private static boolean overflows(DataType type) {
    return type instanceof ByteType || type instanceof TimestampType;
  }
}
