package io.penstock.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SparkSubmitCommandTest {
  private static final List<String> WORDS = List.of("run", "sales", "--date", "2026-03-01");

  @Test
  void theOptionsStandBetweenTheClassAndTheProgramsWords() {
    assertThat(
            SparkSubmitCommand.options(
                started(
                    "-Xmx1g",
                    "org.apache.spark.deploy.SparkSubmit",
                    "--name",
                    "daily report",
                    "--class",
                    "io.penstock.jobs.Main",
                    "penstock.jar"),
                WORDS))
        .containsExactly(
            "--name", "daily report", "--class", "io.penstock.jobs.Main", "penstock.jar");
  }

  @Test
  void whatSomethingElseStartedHasNone() {
    assertThat(SparkSubmitCommand.options(started("io.penstock.jobs.Main"), WORDS)).isEmpty();
    assertThat(
            SparkSubmitCommand.options(
                List.of("org.apache.spark.deploy.SparkSubmit", "x.jar", "other"), WORDS))
        .isEmpty();
    assertThat(SparkSubmitCommand.options(List.of(), WORDS)).isEmpty();
  }

  private static List<String> started(String... before) {
    List<String> arguments = new ArrayList<>(List.of(before));
    arguments.addAll(WORDS);
    return arguments;
  }
}
