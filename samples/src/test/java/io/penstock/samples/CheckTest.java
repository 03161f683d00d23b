package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.Page;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks all jobs as a build does: on a clean checkout, with an empty lake. */
@Tag("spark")
final class CheckTest {
  private static final Partition DAY = Partition.daily("day");

  @Test
  void allSampleJobsAreValidOnALakeWithoutAnything() throws IOException {
    TestLake lake = TestLake.empty();
    String command = "jobs/penstock check --date 2026-03-01";

    Ended ended =
        lake.penstock(Stream.of(command.split(" ")).skip(1).toArray(String[]::new)).well();

    assertThat(ended.out()).isEqualTo(Page.JOBS.after("$ " + command));
    try (var files = Files.list(lake.root())) {
      assertThat(files).as("what a check leaves in the lake").isEmpty();
    }
  }

  private static Job job(String name, Rows rows, String sink) {
    return () -> Pipeline.named(name).writes(rows.to(delta(sink).overwrite(DAY)));
  }

  /** The columns that a table will have are those of the job that writes it. */
  @Test
  void aReaderIsCheckedAgainstThePlannedColumnsOfWhatItReads() throws IOException {
    Rows arrivals =
        read(csv("arrivals/visits/{day}").schema("page STRING, visitor INT").partition(DAY))
            .groupBy("day", "page")
            .aggregate("count(DISTINCT visitor) AS net_visitors");
    Rows visits = read(delta("raw/visits").partition(DAY));

    JsonNode report =
        new ObjectMapper()
            .readTree(
                TestLake.empty()
                    .penstock(
                        List.of(
                            job("z-land", arrivals, "raw/visits"),
                            job("good", visits.select("day", "net_visitors + 1 AS n"), "mart/good"),
                            job("wrong", visits.select("day", "visitors AS n"), "mart/wrong"),
                            job(
                                "typed",
                                visits.select("day", "upper(nothing) AS u", "oops() AS o"),
                                "mart/typed"),
                            job("behind", read(delta("mart/wrong").partition(DAY)), "mart/behind"),
                            job(
                                "foreign",
                                read(delta("raw/nobody").partition(DAY)),
                                "mart/foreign")),
                        "check",
                        "--date=2026-03-01",
                        "--format=json")
                    .with(78)
                    .out());

    assertThat(report.at("/summary").toString())
        .isEqualTo("{\"jobs\":6,\"valid\":2,\"invalid\":3,\"notChecked\":1,\"newDoubts\":0}");
    assertThat(report.at("/jobs").toString())
        .contains("Cannot find 'visitors'", "Cannot find 'nothing'")
        .contains("\"assumed\":{\"raw/visits\":\"z-land\"}")
        .contains("Cannot find a Delta table at 'raw/nobody'")
        .contains("whose job 'wrong' is not valid");
  }
}
