package io.penstock.jobs.plan;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Problem;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates of a command and units of a partition, where the zone's clocks are moved as well. */
class UnitSelectionTest {
  private static final Pipeline DAILY = pipeline(inBerlin(Partition.daily("day")));
  private static final Pipeline MONTHLY = pipeline(inBerlin(Partition.monthly("month")));

  @ParameterizedTest
  @CsvSource({
    "2026-03-28, 2026-03-27T23:00:00Z, PT24H",
    "2026-03-29, 2026-03-28T23:00:00Z, PT23H",
    "2026-10-25, 2026-10-24T22:00:00Z, PT25H"
  })
  void aDateMeansTheDayOfThePartitionsZone(UnitDate date, Instant start, Duration length) {
    List<Task> tasks = new UnitSelection.OfDate(date).tasksOf(DAILY);

    assertThat(tasks).extracting(Task::toString).containsExactly("daily " + date);
    assertThat(tasks.get(0).unit()).contains(new Interval(start, start.plus(length)));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-28, 2026-03-31", "2026-10-24, 2026-10-27"})
  void aRangeOverAMovedClockHasOneTaskADay(UnitDate from, UnitDate to) {
    UnitSelection range = new UnitSelection.Range(from, to);

    assertThat(range.problemsFor(DAILY)).isEmpty();
    List<Task> tasks = range.tasksOf(DAILY);
    assertThat(tasks).hasSize(3);
    assertThat(tasks.get(0).date()).contains(from);
    for (int day = 1; day < tasks.size(); day++) {
      assertThat(unit(tasks.get(day)).from()).isEqualTo(unit(tasks.get(day - 1)).to());
    }
  }

  @Test
  void boundsWithinAUnitAreRefusedWithTheNearestOnes() {
    UnitSelection range =
        new UnitSelection.Range(UnitDate.of("2026-03-29"), UnitDate.of("2026-10-25"));

    assertThat(range.problemsFor(MONTHLY))
        .extracting(Problem::code, Problem::fix)
        .containsExactly(
            tuple("OFF_GRAIN", "the nearest bounds are --from 2026-03-01 --to 2026-11-01."));
  }

  private static Interval unit(Task task) {
    return task.unit().orElseThrow();
  }

  private static Partition inBerlin(Partition partition) {
    return new Partition(partition.columns(), partition.grain(), ZoneId.of("Europe/Berlin"));
  }

  private static Pipeline pipeline(Partition partition) {
    return Pipeline.named("daily")
        .writes(read(delta("raw/sales")).to(delta("mart/sales").overwrite(partition)));
  }
}
