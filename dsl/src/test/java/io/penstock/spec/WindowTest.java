package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  private static final Partition DAY = Partition.daily("day");
  private static final Partition WEEK = Partition.weekly("week");
  private static final Partition MONTH = Partition.monthly("month");

  @Test
  void aWindowOfEqualGrainCountsFromTheOutputsUnit() {
    Interval unit = DAY.unitOf(UnitDate.of("2026-03-01"));

    assertThat(labels(DAY.unit(), unit)).containsExactly("day=2026-03-01");
    assertThat(labels(DAY.last(3), unit))
        .containsExactly("day=2026-02-27", "day=2026-02-28", "day=2026-03-01");
    assertThat(labels(DAY.last(1), unit)).containsExactly("day=2026-03-01");
    assertThat(labels(DAY.previous(2), unit)).containsExactly("day=2026-02-27", "day=2026-02-28");
    assertThat(labels(DAY.around(1, 2), unit))
        .containsExactly("day=2026-02-28", "day=2026-03-01", "day=2026-03-02", "day=2026-03-03");
  }

  @Test
  void aMonthReadsAllOfItsDays() {
    Interval february = MONTH.unitOf(UnitDate.of("2024-02-10"));

    assertThat(labels(DAY.unit(), february))
        .hasSize(29)
        .startsWith("day=2024-02-01")
        .endsWith("day=2024-02-29");
  }

  @Test
  void offsetsOverAMonthsDaysCountFromItsFirstAndItsLastDay() {
    Interval march = MONTH.unitOf(UnitDate.of("2026-03-01"));

    assertThat(labels(DAY.previous(2), march)).containsExactly("day=2026-02-27", "day=2026-02-28");
    assertThat(labels(DAY.last(3), march))
        .hasSize(33)
        .startsWith("day=2026-02-27")
        .endsWith("day=2026-03-31");
    assertThat(labels(DAY.around(0, 2), march))
        .hasSize(33)
        .startsWith("day=2026-03-01")
        .endsWith("day=2026-04-02");
    assertThat(labels(new Window(DAY, 1, 2, Optional.empty()), march))
        .containsExactly("day=2026-04-01", "day=2026-04-02");
  }

  @Test
  void aDayReadsTheMonthThatHoldsIt() {
    Interval day = DAY.unitOf(UnitDate.of("2026-01-31"));

    assertThat(labels(MONTH.unit(), day)).containsExactly("month=2026-01-01");
    assertThat(labels(MONTH.previous(1), day)).containsExactly("month=2025-12-01");
    assertThat(labels(MONTH.last(2), day)).containsExactly("month=2025-12-01", "month=2026-01-01");
  }

  @Test
  void weeksCrossTheEndOfAYear() {
    Interval newYear = WEEK.unitOf(UnitDate.of("2026-01-01"));

    assertThat(labels(WEEK.last(2), newYear)).containsExactly("week=2025-12-22", "week=2025-12-29");
    assertThat(labels(DAY.unit(), newYear))
        .hasSize(7)
        .startsWith("day=2025-12-29")
        .endsWith("day=2026-01-04");
  }

  @Test
  void aMonthReadsEveryWeekThatSharesADayWithIt() {
    Interval january = MONTH.unitOf(UnitDate.of("2026-01-01"));

    assertThat(labels(WEEK.unit(), january))
        .containsExactly(
            "week=2025-12-29",
            "week=2026-01-05",
            "week=2026-01-12",
            "week=2026-01-19",
            "week=2026-01-26");
  }

  @Test
  void unitsOfAnotherZoneAreThoseThatShareTimeWithTheOutputsUnit() {
    Partition seoul = new Partition(DAY.columns(), Grain.DAY, ZoneId.of("Asia/Seoul"));

    assertThat(labels(seoul.unit(), DAY.unitOf(UnitDate.of("2026-03-01"))))
        .containsExactly("day=2026-03-01", "day=2026-03-02");
  }

  @Test
  void daysThatAreShorterOrLongerAreStillCountedAsOne() {
    Partition berlin = new Partition(DAY.columns(), Grain.DAY, ZoneId.of("Europe/Berlin"));

    assertThat(labels(berlin.last(3), berlin.unitOf(UnitDate.of("2026-03-30"))))
        .containsExactly("day=2026-03-28", "day=2026-03-29", "day=2026-03-30");
    assertThat(labels(berlin.around(1, 1), berlin.unitOf(UnitDate.of("2026-10-25"))))
        .containsExactly("day=2026-10-24", "day=2026-10-25", "day=2026-10-26");
  }

  @Test
  void onlyAWindowWithoutTheUnitItselfIsEarlier() {
    assertThat(DAY.previous(1).isEarlier()).isTrue();
    assertThat(DAY.unit().isEarlier()).isFalse();
    assertThat(DAY.last(7).isEarlier()).isFalse();
    assertThat(DAY.around(1, 0).isEarlier()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aWindowHoldsAtLeastOneUnit(int units) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.last(units))
        .withMessage("Cannot make a window last(%s): it holds at least one unit.".formatted(units));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.previous(units))
        .withMessageContaining("Cannot make a window previous(" + units + ")");
  }

  @Test
  void aWindowThatEndsBeforeItBeginsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window(DAY, 1, 0, Optional.empty()))
        .withMessageContaining("from unit 1 to unit 0: it would be empty");
  }

  @Test
  void aWindowsColumnIsNamedLikeAColumn() {
    assertThat(DAY.last(7).as("report_day").column()).contains("report_day");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.last(7).as("report day"))
        .withMessageContaining("a window's column");
  }

  @Test
  void aWindowPrintsItsOffsetsAndColumn() {
    assertThat(DAY.unit()).hasToString("day(day)");
    assertThat(DAY.last(7).as("report_day")).hasToString("day(day)[-6..0] as report_day");
    assertThat(DAY.previous(1)).hasToString("day(day)[-1..-1]");
  }

  @Test
  void aWindowsColumnIsNoneOfItsPartition() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.last(7).as("DAY"))
        .withMessage(
            "Cannot name the column of a window on day(day) 'DAY': the partition has a column of"
                + " that name. Choose another, such as 'report_DAY'.");
  }

  @Test
  void aroundCountsUnitsOnBothSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.around(-1, 2))
        .withMessage("Cannot make a window around(-1, 2): neither number is less than 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.around(0, -1))
        .withMessage("Cannot make a window around(0, -1): neither number is less than 0.");
  }

  private static List<String> labels(Window window, Interval outputUnit) {
    return window.unitsFor(outputUnit).stream().map(window.partition()::label).toList();
  }
}
