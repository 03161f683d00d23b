package io.penstock.spark;

import io.penstock.plan.NativeTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A step written against Spark's own API: the way out of the language, {@code
 * rows.transform("sessionise", SparkTransform.of(frame -> …))}.
 *
 * <p>The function describes what to compute and must not compute it: an action inside it, such as
 * {@code count} or {@code collect}, is a problem when the pipeline is compiled. It may be called
 * several times, and has no side effects. Because its repeatability can't be proved, its result is
 * computed once when several steps read it.
 */
@FunctionalInterface
public interface SparkTransform extends NativeTransform {
  /** The frame to compute, made from the rows that come in. */
  Dataset<Row> apply(Dataset<Row> rows);

  /** Makes a transform of a lambda where only a {@link NativeTransform} is expected. */
  static SparkTransform of(SparkTransform transform) {
    return transform;
  }
}
