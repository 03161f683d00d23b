package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is stopped by a real signal. It must end in time, since workflow tools send KILL
 * five seconds after the signal.
 */
@Tag("process")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StopProcessTest {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Path lake;
  private Path resultFile;

  @BeforeEach
  void fillLake() throws IOException {
    lake = Files.createDirectory(directory.resolve("lake"));
    resultFile = directory.resolve("result.json");
    Files.createDirectory(lake.resolve("arrivals"));
    Files.writeString(lake.resolve("arrivals/lines.txt"), "one line\n");
  }

  @Test
  void termWhilePlanningLeavesNothing(TestReporter reporter) throws Exception {
    try (PenstockProcess process = run(StalledPlan.NAME)) {
      process.awaitLine(Meeting.sign(StalledPlan.NAME));

      PenstockProcess.Ended ended = timed(reporter, process);

      assertStopped(ended);
      assertThat(lake.resolve(StalledPlan.TABLE)).doesNotExist();
    }
  }

  @Test
  void termInASparkJobPublishesNothing(TestReporter reporter) throws Exception {
    try (PenstockProcess process = run(StalledTask.NAME)) {
      process.awaitLine(Meeting.sign(StalledTask.NAME));

      PenstockProcess.Ended ended = timed(reporter, process);

      assertStopped(ended);
      assertThat(commits(StalledTask.TABLE)).isEmpty();
    }
  }

  @Test
  void termBetweenTwoCommitsLetsTheSecondOneFinish(TestReporter reporter) throws Exception {
    String meeting = "spark.hadoop.fs.file.impl=" + MeetingFileSystem.class.getName();
    try (PenstockProcess process = run(TwoTables.NAME, "--conf", meeting)) {
      process.awaitLine(Meeting.sign(TwoTables.NAME));
      assertThat(commits(TwoTables.SECOND)).as("before the signal").isEmpty();

      PenstockProcess.Ended ended = timed(reporter, process);

      assertThat(ended.exitCode()).as(ended.account()).isEqualTo(143);
      assertThat(commits(TwoTables.FIRST)).hasSize(1);
      assertThat(commits(TwoTables.SECOND)).hasSize(1);
      JsonNode line = onlyLine(ended);
      assertThat(line.path("status").asText()).isEqualTo("SUCCEEDED");
      assertThat(line.path("published").asText()).isEqualTo("ALL");
      assertThat(JSON.readTree(resultFile.toFile()).path("tasks").path(0)).isEqualTo(line);
    }
  }

  private PenstockProcess run(String job, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("io.penstock.jobs.Main", "run", job));
    arguments.addAll(List.of("--lake", lake.toString(), "--result-file", resultFile.toString()));
    arguments.addAll(List.of("--master", "local[2]"));
    arguments.addAll(List.of(options));
    return PenstockProcess.start(Repository.classPathWithJobs(), arguments, 0);
  }

  /** Sends TERM, and requires that the process ends in time. */
  private static PenstockProcess.Ended timed(TestReporter reporter, PenstockProcess process)
      throws Exception {
    long sent = System.nanoTime();
    process.terminate();
    PenstockProcess.Ended ended = process.await();
    Duration taken = Duration.ofNanos(System.nanoTime() - sent);
    reporter.publishEntry("from the signal to the end", taken.toMillis() + " ms");
    assertThat(taken).as(ended.account()).isLessThanOrEqualTo(PROMISED);
    return ended;
  }

  /** The one result, on stdout and in the file, says that nothing was published. */
  private void assertStopped(PenstockProcess.Ended ended) throws IOException {
    assertThat(ended.exitCode()).as(ended.account()).isEqualTo(143);
    JsonNode line = onlyLine(ended);
    assertThat(line.path("status").asText()).isEqualTo("STOPPED");
    assertThat(line.path("published").asText()).isEqualTo("NONE");
    assertThat(line.path("retryable").asBoolean()).isTrue();
    JsonNode file = JSON.readTree(resultFile.toFile());
    assertThat(file.path("status").asText()).isEqualTo("STOPPED");
    assertThat(file.path("tasks").path(0)).isEqualTo(line);
  }

  private static JsonNode onlyLine(PenstockProcess.Ended ended) throws IOException {
    assertThat(ended.results()).as(ended.account()).hasSize(1);
    return JSON.readTree(ended.results().get(0));
  }

  private List<Path> commits(String table) throws IOException {
    Path log = lake.resolve(table).resolve("_delta_log");
    if (!Files.exists(log)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }
}
