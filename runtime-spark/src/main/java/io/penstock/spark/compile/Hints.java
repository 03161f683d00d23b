package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.Suggestions;
import io.penstock.spark.problems.PlanProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spark's join and partitioning hints, which don't change rows. */
final class Hints {
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "broadcast",
              "merge",
              "shuffle_hash",
              "shuffle_replicate_nl",
              "coalesce",
              "repartition",
              "repartition_by_range",
              "rebalance"));

  private Hints() {}

  /**
   * The same rows with the hint.
   *
   * @throws PlanProblemException for a hint that Spark would ignore, or fail at while planning
   */
  static Dataset<Row> apply(Dataset<Row> rows, Node.Hint hint) {
    if (!NAMES.contains(hint.name().toLowerCase(Locale.ROOT))) {
      throw new PlanProblemException(
          "UNKNOWN_HINT",
          "Cannot find hint '" + hint.name() + "': Spark would ignore it.",
          Suggestions.sentence(hint.name(), "Hints", NAMES));
    }
    for (Object parameter : hint.parameters()) {
      if (parameter instanceof Number partitions && partitions.longValue() < 1) {
        throw new PlanProblemException(
            "INVALID_HINT",
            "Cannot use hint '%s' with %s: the number is a count of partitions."
                .formatted(hint.name(), partitions),
            "give at least 1.");
      }
    }
    return rows.hint(hint.name(), hint.parameters().toArray());
  }
}
