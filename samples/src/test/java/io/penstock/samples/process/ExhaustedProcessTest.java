package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real process without memory, and one without space on its disk: what was published stays, the
 * exit code says what it was, and the next run repairs.
 */
@Tag("process")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExhaustedProcessTest {
  private static final List<Job> JOBS = List.of(new GrowingLines());

  /** Libraries unpack parts of themselves, which have to find space: this much is enough. */
  private static final int SPACE = 8 << 20;

  private final TestLake lake = TestLake.empty();

  @BeforeEach
  void publish() {
    lake.deliver("lines.txt", "what was there\n");
    lake.penstock(JOBS, "run", GrowingLines.NAME).well();
  }

  @Test
  void memoryThatRunsOutLeavesWhatWasPublished() throws Exception {
    lake.deliver("lines.txt", "what is new\n");

    PenstockProcess.Ended ended = run(List.of(), "-D" + GrowingLines.HOARD + "=true");

    assertFailed(ended, 71, "OUT_OF_MEMORY");
    assertThat(ended.account()).contains("Java heap space", "Fix: give the process more memory");
    assertHolds("what was there");
    lake.penstock(JOBS, "run", GrowingLines.NAME).well();
    assertHolds("what is new");
  }

  /** A limit of the size of files stands for the disk: who isn't root can't fill one. */
  @Test
  void aDiskThatIsFullLeavesWhatWasPublished() throws Exception {
    List<String> lines = unlike(SPACE / 50);
    lake.deliver("lines.txt", String.join("\n", lines) + "\n");

    PenstockProcess.Ended ended = run(List.of("prlimit", "--fsize=" + SPACE));

    assertFailed(ended, 74, "DISK_FULL");
    assertHolds("what was there");
    lake.penstock(JOBS, "run", GrowingLines.NAME).well();
    assertHolds(lines.toArray(String[]::new));
  }

  private PenstockProcess.Ended run(List<String> limit, String... flags) throws Exception {
    List<String> command = new ArrayList<>(List.of(flags));
    command.addAll(List.of("io.penstock.jobs.Main", "run", GrowingLines.NAME));
    command.addAll(List.of("--lake", lake.root().toString(), "--master", "local[2]"));
    try (PenstockProcess process =
        PenstockProcess.startWithin(limit, Repository.classPathWithJobs(), command)) {
      return process.await();
    }
  }

  private static void assertFailed(PenstockProcess.Ended ended, int exitCode, String code)
      throws Exception {
    assertThat(ended.exitCode()).as(ended.account()).isEqualTo(exitCode);
    assertThat(ended.results()).as(ended.account()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(ended.results().get(0));
    assertThat(line.path("status").asText()).isEqualTo("FAILED");
    assertThat(line.path("published").asText()).isEqualTo("NONE");
    assertThat(line.at("/error/code").asText()).isEqualTo(code);
  }

  private void assertHolds(String... lines) {
    assertThat(lake.table(GrowingLines.TABLE).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(lines);
    assertThat(lake.exports().get(GrowingLines.EXPORT + "/growing_lines.csv").lines().skip(1))
        .containsExactlyInAnyOrder(lines);
  }

  /** Lines that nothing can make much smaller. */
  private static List<String> unlike(int count) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                IntStream.range(0, 4)
                    .mapToObj(part -> String.format(Locale.ROOT, "%016x", random.nextLong()))
                    .collect(Collectors.joining()))
        .toList();
  }
}
