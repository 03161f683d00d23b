package io.penstock.spark.sink;

import io.penstock.plan.Write;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/** Plans one sink, whatever its kind. */
public interface SinkHandler {
  /** An output of another kind at the target; empty if there is none. */
  Optional<String> conflictingOutput(Path target);

  /**
   * Plans how the sink is written; what prevents that is reported as problems.
   *
   * @param schema of the rows, with distinct column names
   */
  PlannedSink plan(Write write, Path target, StructType schema);

  /** Whether rows that are read back from the output have the same values and types. */
  boolean preservesValues();
}
