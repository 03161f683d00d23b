package io.penstock.samples.lake;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rejected lines are exactly those that the generator knows, without reading any file. */
@Tag("spark")
final class QuarantineTest {
  private static final Partition ARRIVAL = Partition.daily("arrival");
  private static List<RejectedLine> planted;

  /** The rows of all folders. */
  private static final class Defects implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("defects")
          .writes(
              read(csv("arrivals/session_timestamp/{arrival}")
                      .schema("sessionid STRING, ts TIMESTAMP")
                      .keepDefects()
                      .partition(ARRIVAL.last(SampleDays.withFolder().size()).as("day")))
                  .where("_defect IS NOT NULL OR sessionid IS NULL OR ts IS NULL")
                  .select(
                      "day",
                      "_file AS file",
                      "_line AS line",
                      "coalesce(_defect, if(sessionid IS NULL, 'no session id', 'no timestamp')) AS"
                          + " reason")
                  .to(delta("mart/defects").overwrite(Partition.daily("day"))));
    }
  }

  @BeforeAll
  static void plant() {
    planted = new SampleLake().rejected();
  }

  @Test
  void theQuarantineHoldsTheRejectedLinesOfTheLandedDaysWithTheirReasons() {
    List<String> folders =
        TestLake.LANDED_DAYS.stream()
            .map(day -> "arrivals/session_timestamp/" + day + "/part-0.csv")
            .toList();

    assertHolds(
        TestLake.landed().table("raw/_quarantine/session_timestamp"),
        line -> folders.contains(line.file()));
  }

  @Test
  void theReaderFindsEveryMalformedLine() {
    TestLake lake = TestLake.landed();
    LocalDate last = SampleDays.LAST_ARRIVAL;

    lake.penstock(List.of(new Defects()), "run", "defects", "--date=" + last).well();

    assertHolds(lake.table("mart/defects"), line -> !isOfAnotherDay(line));
  }

  private static void assertHolds(Dataset<Row> rejected, Predicate<RejectedLine> expected) {
    List<RejectedLine> lines = planted.stream().filter(expected).toList();
    assertThat(lines).isNotEmpty();
    assertThat(
            rejected.selectExpr("file", "line", "reason").collectAsList().stream()
                .map(row -> new Rejection(row.getString(0), row.getLong(1), row.getString(2))))
        .hasSize(lines.size())
        .allSatisfy(
            rejection ->
                assertThat(lines)
                    .filteredOn(line -> rejection.isAt(line))
                    .singleElement()
                    .satisfies(
                        line -> assertThat(rejection.reason()).contains(why(line.anomaly()))));
  }

  private static boolean isOfAnotherDay(RejectedLine line) {
    return line.anomaly() == Anomaly.TOO_LATE || line.anomaly() == Anomaly.FROM_THE_FUTURE;
  }

  /** The reason as it is shown in the quarantine. */
  private static String why(Anomaly anomaly) {
    return switch (anomaly) {
      case TOO_LATE -> "too late";
      case FROM_THE_FUTURE -> "from the future";
      case WRONG_NUMBER_OF_FIELDS -> "where the header has 2";
      case NOT_A_TIMESTAMP -> "is not a TIMESTAMP";
      case NO_TIMESTAMP -> "no timestamp";
      case NO_SESSION_ID -> "no session id";
      case UNCLOSED_QUOTE -> "a quote is not closed";
      default -> throw new AssertionError("No line is rejected for: " + anomaly);
    };
  }

  private record Rejection(String file, long line, String reason) {
    boolean isAt(RejectedLine planted) {
      return planted.file().equals(file) && planted.line() == line;
    }
  }
}
