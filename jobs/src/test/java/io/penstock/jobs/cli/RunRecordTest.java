package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.jobs.Jobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every task that was begun leaves its record in the lake. */
class RunRecordTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void everyTaskThatBeganIsRecordedWithTheValuesOfItsParametersAlsoThoseNotGiven() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    program.run("run", "daily-sales", "--date", "2026-03-01", "--param", "least=3");

    JsonNode record = Program.json(program.lake.records().get(0));
    assertThat(record.get("parameters"))
        .hasToString("{\"least\":\"3\",\"note\":\"none\",\"token\":\"***\"}");
    assertThat(record.get("startedAt").textValue()).isEqualTo("2026-03-02T03:15:02.417Z");
    assertThat(record.get("penstock").textValue()).isEqualTo("development");
    assertThat(record.get("status").textValue()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aTaskIsRecordedAsRunningUntilItEnds() {
    List<String> recorded = new ArrayList<>();
    program.engine.whileComputing(() -> recorded.addAll(program.lake.records()));

    program.run("run", "land-sales", "--date", "2026-03-01");

    assertThat(recorded).hasSize(1);
    JsonNode running = Program.json(recorded.get(0));
    assertThat(running.get("status").textValue()).isEqualTo("RUNNING");
    assertThat(running.get("startedAt").textValue()).isEqualTo("2026-03-02T03:15:02.417Z");
    assertThat(running.get("interval")).isEqualTo(program.lines().get(0).get("interval"));
    assertThat(program.lake.records()).hasSize(1);
    JsonNode ended = Program.json(program.lake.records().get(0));
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(ended.get("runId")).isEqualTo(running.get("runId"));
  }

  @Test
  void aTaskThatDoesNotCompileIsRecordedToo() {
    program.run("run", "daily-sales", "--date", "2026-03-01");

    assertThat(Program.json(program.lake.records().get(0)).get("status").textValue())
        .isEqualTo("FAILED");
  }

  @Test
  void aRecordThatCannotBeKeptLeavesTheOutcomeAsItIs() {
    program.lake.failingToRecord(new IllegalStateException("disk full"));

    assertThat(program.run("run", "land-products")).isZero();

    assertThat(program.err()).contains("The outcome of land-products is not affected", "disk full");
    assertThat(program.lake.settled()).as("recovery records it later").isEmpty();
  }
}
