package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.engine.RunReport;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.plan.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TaskResultTest {
  @Test
  void aTableReadThroughTwoWindowsIsOneInputWithTheRowsOfBoth() {
    assertThat(
            reading(
                input("raw/sales", OptionalLong.of(3), OptionalLong.of(10)),
                input("raw/products", OptionalLong.of(3), OptionalLong.of(1)),
                input("raw/sales", OptionalLong.of(3), OptionalLong.of(5))))
        .containsExactly(
            new RunReport.Input(
                "raw/sales",
                OptionalLong.of(3),
                OptionalLong.of(15),
                2,
                20,
                4,
                Optional.empty(),
                Map.of()),
            input("raw/products", OptionalLong.of(3), OptionalLong.of(1)));
  }

  @Test
  void filesHaveNoVersionAndAreOneInputToo() {
    assertThat(
            reading(
                input("arrivals/sales", OptionalLong.empty(), OptionalLong.of(10)),
                input("arrivals/sales", OptionalLong.empty(), OptionalLong.of(5))))
        .containsExactly(
            new RunReport.Input(
                "arrivals/sales",
                OptionalLong.empty(),
                OptionalLong.of(15),
                2,
                20,
                4,
                Optional.empty(),
                Map.of()));
  }

  @Test
  void anotherVersionIsAnotherInput() {
    RunReport.Input older = input("raw/sales", OptionalLong.of(3), OptionalLong.of(10));
    RunReport.Input newer = input("raw/sales", OptionalLong.of(4), OptionalLong.of(10));

    assertThat(reading(older, newer)).containsExactly(older, newer);
  }

  @Test
  void rowsThatWereNotAllCountedAreNotKnown() {
    assertThat(
            reading(
                input("raw/sales", OptionalLong.of(3), OptionalLong.of(10)),
                input("raw/sales", OptionalLong.of(3), OptionalLong.empty())))
        .containsExactly(
            new RunReport.Input(
                "raw/sales",
                OptionalLong.of(3),
                OptionalLong.empty(),
                2,
                20,
                4,
                Optional.empty(),
                Map.of()));
  }

  @Test
  void whatIsAbsentFromEitherReadIsNamedOnce() {
    assertThat(reading(lacking("day=2026-02-28"), lacking("day=2026-02-28", "day=2026-03-02")))
        .containsExactly(
            new RunReport.Input(
                "raw/sales",
                OptionalLong.of(3),
                OptionalLong.of(2),
                2,
                20,
                4,
                Optional.empty(),
                Map.of(),
                List.of("day=2026-02-28", "day=2026-03-02")));
  }

  @Test
  void keysThatAreNotDeclaredAreCountedOverAllReads() {
    assertThat(
            reading(having(Map.of("note", 2L, "tip", 1L)), having(Map.of("tip", 4L, "tax", 3L)))
                .get(0)
                .unknownKeys())
        .containsExactly(Map.entry("note", 2L), Map.entry("tax", 3L), Map.entry("tip", 5L));
  }

  private static RunReport.Input having(Map<String, Long> unknownKeys) {
    return new RunReport.Input(
        "arrivals/sales",
        OptionalLong.empty(),
        OptionalLong.of(5),
        1,
        10,
        2,
        Optional.empty(),
        unknownKeys);
  }

  private static RunReport.Input lacking(String... absent) {
    return new RunReport.Input(
        "raw/sales",
        OptionalLong.of(3),
        OptionalLong.of(1),
        1,
        10,
        2,
        Optional.empty(),
        Map.of(),
        List.of(absent));
  }

  @Test
  void aResultThatFailedWithoutSayingWhyIsRefusedWithTheFix() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TaskResult(
                    new Task(new Jobs.LandProducts().pipeline(), Optional.empty()),
                    "run-1",
                    Status.FAILED,
                    ExitCode.DATA,
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty()))
        .withMessage(
            "Cannot make a result of land-products that is FAILED without a failure: one that"
                + " succeeded has no failure, and every other says why. Fix: give the failure.");
  }

  private static List<RunReport.Input> reading(RunReport.Input... inputs) {
    return new TaskResult(
            new Task(new Jobs.LandProducts().pipeline(), Optional.empty()),
            "run-1",
            Status.SUCCEEDED,
            ExitCode.DONE,
            Optional.of(
                new RunReport(
                    RunReport.Published.ALL,
                    List.of(inputs),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty())),
            Duration.ZERO,
            Optional.empty(),
            Optional.empty())
        .inputs();
  }

  private static RunReport.Input input(String name, OptionalLong version, OptionalLong rows) {
    return new RunReport.Input(name, version, rows, 1, 10, 2, Optional.empty(), Map.of());
  }
}
