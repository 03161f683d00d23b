package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.publication.Step;
import io.penstock.spark.publication.Steps;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.MachineFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is read-only, memory that runs out, and a clock that is moved back. */
@Tag("spark")
final class MachineFaultsTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir private static Path directory;
  private static volatile Steps steps = Steps.IGNORED;
  private static volatile Duration offset = Duration.ZERO;
  private static FaultyLake lake;

  @BeforeAll
  static void publishADay() {
    lake =
        new FaultyLake(
            directory,
            ListeningEngines.tell(
                (step, subject) -> steps.reached(step, subject), new OffsetClock()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mart/first", "_penstock"})
  void aTargetThatIsReadOnlyIsARefusedAccess(String target) {
    Map<String, Long> before = lake.files();

    try (MachineFault readOnly = MachineFault.readOnly(directory.resolve(target))) {
      readOnly.begin();
      RunReport report = lake.run();

      assertKind(report, FailureKind.NOT_PERMITTED);
      assertThat(report.published()).isEqualTo(Published.NONE);
      assertThat(lake.files()).isEqualTo(before);
      lake.assertPublished(0);
    }

    lake.assertMended();
  }

  @Test
  void aTargetThatBecomesReadOnlyWhileItIsPublishedIsPublishedByTheNextRun() {
    try (MachineFault readOnly = MachineFault.readOnly(directory.resolve("export/second"))) {
      steps =
          (step, subject) -> {
            if (step == Step.PUBLISHED && subject.equals("mart/first")) {
              readOnly.begin();
            }
          };
      RunReport report = lake.run();

      assertKind(report, FailureKind.NOT_PERMITTED);
      assertThat(report.published()).isEqualTo(Published.PARTIAL);
      lake.assertPublished(1);
    }

    steps = Steps.IGNORED;
    lake.assertMended();
  }

  @Test
  void memoryThatRunsOutInATaskOfSparkLeavesEverythingAsItWas() {
    Map<String, Long> before = lake.files();

    RunReport report = lake.run(rows -> rows.transform("greedy", greedy()));

    assertKind(report, FailureKind.OUT_OF_MEMORY);
    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(lake.files()).isEqualTo(before);
    lake.assertPublished(0);
    lake.assertMended();
  }

  @Test
  void aClockThatIsMovedBackByAYearChangesNothing() {
    offset = YEAR;
    lake.succeed();
    lake.arrives();
    dateEverything(offset);
    offset = Duration.ZERO;

    lake.assertMended();
    lake.assertMended();
  }

  @Test
  void aRunThatDiedBeforeTheClockWasMovedBackIsCompleted() {
    Dying dying = new Dying();
    steps = dying;
    dying.dieAt(Step.PUBLISHED, "mart/first");
    assertThat(dying.runUntilDeath(lake::run)).isTrue();
    dateEverything(YEAR);
    offset = YEAR.negated();
    try {
      UnfinishedRun unfinished = lake.lake().engine().lake().unfinished().get(0);

      assertThat(unfinished.complete(new PublishGate()).ending()).isEqualTo(Ending.COMPLETED);

      unfinished.settle();
      lake.assertPublished(2);
    } finally {
      dying.bury();
      steps = Steps.IGNORED;
      offset = Duration.ZERO;
    }
    lake.arrives();
    lake.assertMended();
  }

  private static void assertKind(RunReport report, FailureKind kind) {
    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).as(failure.message()).isEqualTo(kind);
  }

  /** All that was written is of a later time than this: so it is when a clock is moved back. */
  private static void dateEverything(Duration ahead) {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.toList()) {
        FileTime written = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(path, FileTime.from(written.toInstant().plus(ahead)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Java throws when a value doesn't fit into the heap, in the task that computes it. */
  private static SparkTransform greedy() {
    return frame ->
        frame.withColumn(
            "id",
            functions
                .udf(
                    (UDF1<Integer, Integer>)
                        id -> {
                          throw new OutOfMemoryError("Java heap space");
                        },
                    DataTypes.IntegerType)
                .apply(functions.col("id")));
  }

  /** The time of day, and as much as it is moved by. */
  private static final class OffsetClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("Instants have no zone");
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }
  }
}
