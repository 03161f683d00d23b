package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A baseline of accepted doubts that one process writes is used by the next one. */
@Tag("process")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BaselineProcessTest {
  private static final Job SUMS = new DoubtfulSums();
  private static final Job SCORES = new DoubtfulScores();
  private static final String[] CHECK = {"check", "--date", "2026-03-01", "--baseline"};

  @TempDir private Path directory;
  private final TestLake lake = TestLake.empty();

  @Test
  void doubtsAcceptedInOneProcessAreNotNewInTheNextAndOthersAre() throws Exception {
    lake.deliver("prices/a.csv", "page,price\nhome,0.1\n");
    lake.deliver("visits/a.csv", "page,visitor\nhome,1\n");
    Path baseline = directory.resolve("doubts.json");

    check(List.of(SUMS, SCORES), baseline, "--write-baseline").well();

    assertThat(Files.readString(baseline))
        .contains("sum of floating-point numbers", "avg of floating-point numbers")
        .contains("transform 'score' is native code", "a UDF is native code")
        .contains("the function of typedfilter", "the function of mapgroups")
        .contains("\"an Aggregator is native code, which is not checked\"")
        .doesNotContainIgnoringCase("lambda$")
        .doesNotContain("$$", "@", "0x", directory.toString());

    PenstockProcess.Ended next = checkInAnotherProcess(baseline);
    String said = String.join("\n", next.results()) + "\n" + next.account();
    assertThat(next.exitCode()).as(said).isZero();
    assertThat(said)
        .contains("doubtful-sums: valid", "doubtful-scores: valid", "(in the baseline)")
        .contains(", 0 new doubts.")
        .doesNotContain("(new)", "not found any more");

    Ended further = check(List.of(SUMS, SCORES, new MoreSums()), baseline).with(78);
    assertThat(further.out())
        .contains("aggregate (BaselineProcessTest.java")
        .contains("stddev of floating-point numbers depends on the order of rows")
        .contains("(new)", ", 1 new doubt.")
        .doesNotContain("not found any more");
  }

  /** One doubt more than the baseline accepts. */
  private static final class MoreSums implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("more-sums")
          .writes(
              read(csv("arrivals/prices").schema("page STRING, price DOUBLE"))
                  .groupBy("page")
                  .aggregate("stddev(price) AS deviation")
                  .to(delta("mart/more_sums").overwrite()));
    }
  }

  private Ended check(List<Job> jobs, Path baseline, String... options) {
    return lake.penstock(
        jobs,
        Stream.of(Stream.of(CHECK), Stream.of(baseline.toString()), Stream.of(options))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** Like a build, with the jobs on the class path. */
  private PenstockProcess.Ended checkInAnotherProcess(Path baseline) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(Repository.root().resolve("jobs/penstock").toString());
    command
        .command()
        .addAll(List.of("--class-path", Repository.testJobs("doubtful-jobs").toString()));
    command.command().addAll(List.of(CHECK));
    command.command().addAll(List.of(baseline.toString(), "--master", "local[2]"));
    command.environment().put("PENSTOCK_BUILT_CLASSPATH", System.getProperty("java.class.path"));
    command.environment().put("PENSTOCK_LAKE", lake.root().toString());
    command.environment().put("PENSTOCK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Xmx1g");
    try (PenstockProcess process = PenstockProcess.start(command)) {
      return process.await();
    }
  }
}
