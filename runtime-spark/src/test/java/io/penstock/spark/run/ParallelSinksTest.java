package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that don't depend on each other are written at the same time. */
@Tag("spark")
final class ParallelSinksTest {
  private static final CyclicBarrier MEETING = new CyclicBarrier(2);

  @TempDir private Path directory;

  @Test
  void eachSinkIsWrittenWhileTheOtherIs() {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/one", "SELECT 1 AS id");
    Rows one = read(delta("raw/one"));

    lake.succeed(
        one.transform("meet", meeting()).to(delta("mart/table").overwrite()),
        one.transform("meet", meeting()).to(csv("export/file").overwrite()));

    assertThat(lake.rows("mart/table").count()).isOne();
    assertThat(lake.content("export/file/file.csv")).isEqualTo("id\n1\n");
  }

  /** Holds a row back until the other sink's row is there, too. */
  private static SparkTransform meeting() {
    return rows ->
        rows.filter(
            (FilterFunction<Row>)
                row -> {
                  MEETING.await(60, TimeUnit.SECONDS);
                  return true;
                });
  }
}
