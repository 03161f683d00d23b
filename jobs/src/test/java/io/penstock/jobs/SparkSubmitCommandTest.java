package io.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SparkSubmitCommandTest {
  private static final List<String> WORDS = List.of("run", "sales", "--date", "2026-03-01");

  @Test
  void itIsTheCallUpToTheProgramsWords() {
    assertThat(
            SparkSubmitCommand.of(
                "org.apache.spark.deploy.SparkSubmit --master local[2] --conf a.b=c --jars own.jar"
                    + " --class io.penstock.jobs.Main penstock.jar run sales --date 2026-03-01",
                WORDS))
        .contains(
            "spark-submit --master 'local[2]' --conf a.b=c --jars own.jar --class"
                + " io.penstock.jobs.Main penstock.jar");
  }

  @Test
  void whatSomethingElseStartedHasNone() {
    assertThat(SparkSubmitCommand.of("io.penstock.jobs.Main run sales --date 2026-03-01", WORDS))
        .isEmpty();
    assertThat(SparkSubmitCommand.of("org.apache.spark.deploy.SparkSubmit x.jar other", WORDS))
        .isEmpty();
  }

  @Test
  void wordsThatNeedQuotesAreNotGuessed() {
    assertThat(
            SparkSubmitCommand.of(
                "org.apache.spark.deploy.SparkSubmit --conf a=b$c x.jar run sales --date"
                    + " 2026-03-01",
                WORDS))
        .isEmpty();
  }
}
