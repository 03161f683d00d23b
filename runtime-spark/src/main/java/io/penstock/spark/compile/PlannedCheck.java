package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.Write;
import io.penstock.spark.repeatability.DistinctKeys;
import io.penstock.spec.Expectation;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An expectation, and where it is checked.
 *
 * @param place the user's line, {@code expect (ChannelReport.java:35)}
 * @param rows the step whose rows are checked
 * @param matching the join that these rows are to have a match in; empty for other checks
 * @param written the sink whose written files are checked; empty when the rows of the step are
 *     checked before anything is written
 * @param stated the sink whose expectation it is; empty when it is that of a step
 * @param proof whether the rows have to be read
 */
public record PlannedCheck(
    Expectation expectation,
    String place,
    Node rows,
    Optional<Node.Join> matching,
    Optional<Write> written,
    Optional<Write> stated,
    Proof proof) {
  /** What decides on a check. */
  public enum Proof {
    /** The plan: the expectation holds whatever the data. */
    BY_PLAN,
    /** The rows themselves. */
    BY_ROWS
  }

  /** The same check, marked as proved where the plan proves it. */
  PlannedCheck provedBy(Dataset<Row> plan) {
    boolean proved =
        expectation instanceof Expectation.Unique unique
            && DistinctKeys.prove(plan, unique.columns());
    return new PlannedCheck(
        expectation,
        place,
        rows,
        matching,
        written,
        stated,
        proved ? Proof.BY_PLAN : Proof.BY_ROWS);
  }
}
