package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.ProgressListener;
import io.penstock.spark.testing.SparkTestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

@Tag("spark")
final class TaskProgressTest {
  private final List<Integer> told = new ArrayList<>();

  @Test
  void jobsOfTheRunAreToldAndThoseOfNobodyAreNot() {
    Properties ofTheRun = new Properties();
    ofTheRun.setProperty("spark.jobGroup.id", "the run's");
    try (TaskProgress progress =
        new TaskProgress(SparkTestSession.spark().sparkContext(), "the run's", listener())) {
      progress.onJobStart(job(null));
      progress.onJobStart(job(new Properties()));
      assertThat(told).isEmpty();

      progress.onJobStart(job(ofTheRun));
      assertThat(told).containsExactly(0);
    }
  }

  /** A job without stages; Spark starts some without properties. */
  private static SparkListenerJobStart job(Properties properties) {
    return new SparkListenerJobStart(
        1, 0, CollectionConverters.asScala(List.<StageInfo>of()).toSeq(), properties);
  }

  private ProgressListener listener() {
    return new ProgressListener() {
      @Override
      public void phase(String name) {}

      @Override
      public void tasks(int done, int known) {
        told.add(done);
      }
    };
  }
}
