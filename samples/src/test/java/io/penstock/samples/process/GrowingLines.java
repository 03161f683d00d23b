package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spark.SparkTransform;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * A job that can exhaust the memory of its process: with the property {@link #HOARD} it allocates
 * memory until none is left.
 */
public final class GrowingLines implements Job {
  static final String NAME = "growing-lines";
  static final String TABLE = "mart/growing_lines";
  static final String EXPORT = "export/growing_lines";

  /** The property that makes a process hoard. */
  static final String HOARD = "penstock.test.hoard";

  @Override
  public Pipeline pipeline() {
    Rows lines =
        read(text("arrivals"))
            .transform(
                "hoard", SparkTransform.of(rows -> rows.mapPartitions(hoarding(), rows.encoder())));
    return Pipeline.named(NAME)
        .writes(lines.to(delta(TABLE).overwrite()), lines.to(csv(EXPORT).overwrite()));
  }

  private static MapPartitionsFunction<Row, Row> hoarding() {
    return rows -> {
      if (Boolean.getBoolean(HOARD)) {
        List<long[]> hoard = Stream.generate(() -> new long[1 << 20]).toList();
        throw new IllegalStateException("There is no end of memory: " + hoard.size());
      }
      return rows;
    };
  }
}
