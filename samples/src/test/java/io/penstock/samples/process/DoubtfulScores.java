package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.spark.SparkTransform;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** A job with native code of every kind that a JVM gives a name of its own, another each time. */
public final class DoubtfulScores implements Job {
  private static final UDF1<Long, Long> TWICE = n -> n * 2;

  @Override
  public Pipeline pipeline() {
    return Pipeline.named("doubtful-scores")
        .writes(
            read(csv("arrivals/visits").schema("page STRING, visitor BIGINT"))
                .transform("score", SparkTransform.of(DoubtfulScores::scored))
                .to(delta("mart/doubtful_scores").overwrite()));
  }

  private static Dataset<Row> scored(Dataset<Row> visits) {
    FilterFunction<Row> known = row -> !row.isNullAt(1);
    MapFunction<Row, String> page = row -> row.getString(0);
    MapGroupsFunction<String, Row, Long> counted =
        (name, rows) -> {
          long count = 0;
          while (rows.hasNext()) {
            rows.next();
            count++;
          }
          return count;
        };
    return visits
        .filter(known)
        .groupByKey(page, Encoders.STRING())
        .mapGroups(counted, Encoders.LONG())
        .toDF("n")
        .withColumn("n", functions.udf(TWICE, DataTypes.LongType).apply(functions.col("n")))
        .agg(functions.udaf(greatest(), Encoders.LONG()).apply(functions.col("n")).as("score"));
  }

  private static Aggregator<Long, Long, Long> greatest() {
    return new Aggregator<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public Long zero() {
        return Long.MIN_VALUE;
      }

      @Override
      public Long reduce(Long one, Long other) {
        return Math.max(one, other);
      }

      @Override
      public Long merge(Long one, Long other) {
        return Math.max(one, other);
      }

      @Override
      public Long finish(Long found) {
        return found;
      }

      @Override
      public Encoder<Long> bufferEncoder() {
        return Encoders.LONG();
      }

      @Override
      public Encoder<Long> outputEncoder() {
        return Encoders.LONG();
      }
    };
  }
}
