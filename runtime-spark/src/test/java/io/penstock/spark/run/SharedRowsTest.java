package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Write;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** How often a run really computes a step that several sinks and checks read. */
@Tag("spark")
final class SharedRowsTest {
  private static final int ROWS = 6;

  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows six = read(delta("raw/six"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/six", "SELECT id AS id, id % 2 AS odd FROM range(6)");
  }

  @Test
  void aTransformThatTwoSinksReadIsComputedOnceAndBothHoldTheSameRows() {
    LongAccumulator evaluations = lake.spark().sparkContext().longAccumulator();
    Rows counted = six.transform("number", numbering(evaluations)).expect(notNull("id"));

    lake.succeed(
        counted.to(delta("mart/numbered").overwrite()),
        counted.to(csv("export/numbered").overwrite()));

    assertThat(evaluations.value()).isEqualTo(ROWS);
    String numbers =
        String.join(
            "\n",
            lake.rows("mart/numbered")
                .orderBy("id")
                .selectExpr("concat_ws(',', id, odd, number)")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList());
    assertThat(lake.content("export/numbered/numbered.csv").lines().skip(1).sorted())
        .containsExactlyElementsOf(numbers.lines().toList());
  }

  @Test
  void aStepBehindATransformWithOneReaderIsComputedOncePerRun() {
    LongAccumulator evaluations = lake.spark().sparkContext().longAccumulator();
    Rows grouped =
        six.transform("number", numbering(evaluations))
            .groupBy("odd")
            .aggregate("count(*) AS n", "count(number) AS m");

    lake.succeed(
        grouped.to(delta("mart/grouped").overwrite()),
        grouped.where("n > 1").to(delta("mart/grouped_few").overwrite()));

    assertThat(evaluations.value()).isEqualTo(ROWS);
    assertSameRows(lake.rows("mart/grouped"), lake.rows("mart/grouped_few"));
  }

  @Test
  void whatWasKeptIsReleasedAfterTheRunAndNothingElse() {
    var cached = lake.spark().range(3).toJavaRDD().cache();
    Set<Object> before = unnamedPersistent();
    Rows counts = six.groupBy("odd").aggregate("count(*) AS n");

    lake.succeed(
        counts.to(delta("mart/kept_a").overwrite()), counts.to(delta("mart/kept_b").overwrite()));

    assertThat(cached.getStorageLevel().useMemory()).isTrue();
    assertThat(before).containsAll(unnamedPersistent());
    cached.unpersist();
  }

  @Test
  void aSharedStepIsKeptAcrossPartitionsOfTheSource() {
    lake.file("files/a.csv", "id\n1\n2\n");
    lake.file("files/b.csv", "id\n2\n3\n");
    Rows distinct = read(csv("files").schema("id INT")).distinct();
    Write[] writes = {
      distinct.to(delta("mart/distinct").overwrite()),
      distinct.groupBy().aggregate("count(*) AS n").to(delta("mart/counted").overwrite())
    };

    lake.succeed(writes);

    assertThat(lake.rows("mart/distinct").count()).isEqualTo(3);
    assertThat(lake.rows("mart/counted").head().getLong(0)).isEqualTo(3);
  }

  /** Delta names the states of tables that it keeps. */
  private static Set<Object> unnamedPersistent() {
    return CollectionConverters.asJava(lake.spark().sparkContext().getPersistentRDDs())
        .values()
        .stream()
        .filter(rdd -> rdd.name() == null)
        .collect(Collectors.toSet());
  }

  private static SparkTransform numbering(LongAccumulator evaluations) {
    UserDefinedFunction number =
        functions
            .udf(
                (UDF1<Long, Long>)
                    id -> {
                      evaluations.add(1);
                      return id + 100;
                    },
                DataTypes.LongType)
            .asNondeterministic();
    return frame -> frame.withColumn("number", number.apply(functions.col("id")));
  }
}
