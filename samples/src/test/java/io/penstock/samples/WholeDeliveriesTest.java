package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.days;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.recordCounts;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.updatedWithin;
import static io.penstock.dsl.Penstock.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the command line: deliveries that aren't whole, days that are odd, and absent days. */
@Tag("spark")
class WholeDeliveriesTest {
  private static final Partition DAY = Partition.daily("day");
  private static final String CHECK = "rows(within(0.5).ofLast(7))";

  private static final Job VISITS =
      () ->
          Pipeline.named("visits")
              .writes(
                  read(csv("arrivals/visits/{day}")
                          .schema("at TIMESTAMP")
                          .partition(DAY)
                          .arrivedWhen(recordCounts("visits.count")))
                      .expect(updatedWithin("at", days(1)))
                      .to(delta("raw/visits").overwrite(DAY).expect(rows(within(0.5).ofLast(7)))));

  private static final Job WEEK =
      () ->
          Pipeline.named("week")
              .writes(
                  read(delta("raw/visits").partition(DAY.last(3).as("until")).orEmpty())
                      .groupBy("until")
                      .aggregate("count(*) AS visits")
                      .to(delta("mart/week").overwrite(Partition.daily("until"))));

  private final TestLake lake = TestLake.empty();

  private void deliver(String day, int visits, int stated) {
    lake.deliver("visits/" + day + "/a.csv", "at\n" + (day + "T12:00:00Z\n").repeat(visits));
    lake.deliver("visits/" + day + "/visits.count", stated + " a.csv\n");
  }

  private Ended run(String day, String... more) {
    return lake.penstock(
        List.of(VISITS),
        Stream.concat(Stream.of("run", "visits", "--date", day), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void anOddDayIsRefusedUntilSomebodySaysWhyItIsRight() throws IOException {
    deliver("2026-03-01", 9, 10);
    Ended cut = run("2026-03-01").with(66);
    assertThat(cut.err()).contains("'arrivals/visits/2026-03-01/a.csv' has 9 of 10 records");
    assertThat(cut.line().get("retryable").booleanValue()).isTrue();

    deliver("2026-03-01", 10, 10);
    JsonNode first = run("2026-03-01").well().line();
    assertThat(first.get("complete").booleanValue()).isTrue();
    assertThat(first.at("/checks/1/detail").textValue()).contains("compared with nothing");

    deliver("2026-03-02", 2, 2);
    Ended refused = run("2026-03-02").with(65);
    assertThat(refused.err()).contains(CHECK, "2 rows, expected 5 to 15");

    Ended accepted = run("2026-03-02", "--accept", CHECK, "--reason", "a feast day").well();
    JsonNode check = accepted.line().at("/checks/1");
    assertThat(check.get("status").textValue()).isEqualTo("ACCEPTED");
    assertThat(check.get("accepted").textValue()).isEqualTo("a feast day");
    assertThat(accepted.err()).contains("failed and was accepted", "(reason: a feast day)");
    Path record =
        lake.root()
            .resolve("_penstock/runs/visits")
            .resolve(accepted.line().get("runId").textValue() + ".json");
    JsonNode recorded = new ObjectMapper().readTree(Files.readString(record));
    assertThat(recorded.get("accepted").get(CHECK).textValue()).isEqualTo("a feast day");
    assertThat(recorded.at("/checks/1/status").textValue()).isEqualTo("ACCEPTED");

    deliver("2026-03-02", 12, 12);
    Ended passed = run("2026-03-02", "--accept", CHECK, "--reason", "a feast day").well();
    assertThat(passed.line().at("/checks/1/status").textValue()).isEqualTo("PASSED");
    assertThat(passed.err()).contains("passed, though its failure was accepted");

    Ended unknown = run("2026-03-02", "--accept", "rows", "--reason", "a feast day").with(64);
    assertThat(unknown.err()).contains("Checks that may be accepted: " + CHECK);

    JsonNode week =
        lake.penstock(List.of(WEEK), "run", "week", "--date", "2026-03-03").well().line();
    assertThat(week.get("complete").booleanValue()).isFalse();
    assertThat(week.at("/inputs/0/absent")).hasToString("[\"day=2026-03-03\"]");
  }

  /** What a range has just published is the past of what it publishes next. */
  @Test
  void aUnitOfARangeIsComparedWithTheOnesBeforeItInTheRange() {
    deliver("2026-03-01", 10, 10);
    deliver("2026-03-02", 2, 2);
    deliver("2026-03-03", 11, 11);

    Ended range =
        lake.penstock(
                List.of(VISITS), "run", "visits", "--from", "2026-03-01", "--to", "2026-03-04")
            .with(65);

    assertThat(details(range))
        .containsExactly(
            "10 rows, compared with nothing: none of the 7 units before this one is there",
            "2 rows, expected 5 to 15: the median of 1 of the 7 units before this one, the others"
                + " are not there, is 10",
            "11 rows, expected 5 to 15: the median of 1 of the 7 units before this one, the others"
                + " are not there, is 10");
  }

  private static List<String> details(Ended range) {
    return range.lines().stream()
        .filter(line -> line.has("job"))
        .map(line -> line.at("/checks/1/detail").textValue())
        .toList();
  }
}
