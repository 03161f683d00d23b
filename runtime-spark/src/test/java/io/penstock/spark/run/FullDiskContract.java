package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.MachineFault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk becomes full at each step of a run: what is visible stays whole, the failure says what it
 * is, and the next run after space was made publishes everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FullDiskContract {
  private Optional<Moment> moment = Optional.empty();
  private MachineFault fullDisk;
  private FaultyLake lake;

  /** A place for a lake. */
  abstract Path makeLake();

  /** Fills the disk of that place. */
  abstract MachineFault fullDisk();

  @BeforeAll
  void publishADay() {
    lake = new FaultyLake(makeLake(), ListeningEngines.tell(this::reached));
    fullDisk = fullDisk();
  }

  @AfterEach
  void makeSpace() {
    fullDisk.end();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "BEGUN, '', NONE, 0",
    "CHECKED, '', NONE, 0",
    "READY, mart/first, NONE, 0",
    "PUBLISHED, mart/first, PARTIAL, 1",
    "READY, export/second, PARTIAL, 1",
    "VISIBLE, export/second, ALL, 2"
  })
  void aDiskThatIsFullFromAStepOnLeavesNoHalf(
      Step step, String subject, Published extent, int published) {
    Map<String, Long> before = lake.files();
    moment = Optional.of(new Moment(step, subject));

    RunReport report = lake.run();

    // Who reads needs space for what he sorts.
    fullDisk.end();
    assertThat(moment).as("the disk became full").isEmpty();
    assertThat(report.published()).isEqualTo(extent);
    if (extent == Published.ALL) {
      assertThat(report.failure()).isEmpty();
    } else {
      assertStorage(report.failure().orElseThrow());
    }
    lake.assertPublished(published);
    if (extent == Published.NONE) {
      assertThat(lake.files()).as("what readers go by").isEqualTo(before);
    }
    lake.assertMended();
  }

  @Test
  void aRecordThatHasNoSpaceLeavesTheOneThatWasThere() {
    var records = lake.lake().engine().lake();
    records.record("tested", "run-x", "{\"status\":\"RUNNING\"}");
    fullDisk.begin();

    RunFailedException refused =
        catchThrowableOfType(
            RunFailedException.class,
            () -> records.record("tested", "run-x", "{\"status\":\"SUCCEEDED\"}"));

    fullDisk.end();
    assertStorage(refused.failure());
    assertThat(records.recordOf("tested", "run-x")).contains("{\"status\":\"RUNNING\"}");
  }

  private void reached(Step step, String subject) {
    if (moment.filter(awaited -> awaited.isReached(step, subject)).isPresent()) {
      moment = Optional.empty();
      fullDisk.begin();
    }
  }

  private static void assertStorage(Failure failure) {
    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.STORAGE);
    assertThat(failure.code()).isEqualTo("DISK_FULL");
    assertThat(failure.message()).containsAnyOf("No space left on device", "File too large");
  }

  /**
   * A step of a run.
   *
   * @param subject an output, or empty for what a run does once
   */
  private record Moment(Step step, String subject) {
    boolean isReached(Step reached, String of) {
      return reached == step && (subject.isEmpty() || subject.equals(of));
    }
  }
}
