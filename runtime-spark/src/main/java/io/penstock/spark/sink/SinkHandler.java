package io.penstock.spark.sink;

import io.penstock.plan.Write;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/** What the engine asks of one sink before it is written, whatever its kind. */
public interface SinkHandler {
  /** What lies at the target and is no earlier output of this kind, nor the beginnings of one. */
  Optional<String> inTheWay(Path target);

  /**
   * The sink as it will be written; what keeps it from being written is noted as problems.
   *
   * @param schema of the rows, whose columns have different names
   */
  PlannedSink plan(Write write, Path target, StructType schema);

  /** Whether rows read again from where they were written have the same values and types. */
  boolean keepsValues();
}
