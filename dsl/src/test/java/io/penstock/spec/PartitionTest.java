package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
  private static final Partition DAY = Partition.daily("day");
  private static final Partition WEEK = Partition.weekly("week");
  private static final Partition MONTH = Partition.monthly("month");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
    "2026-12-31, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z",
    "2024-02-28, 2024-02-28T00:00:00Z, 2024-02-29T00:00:00Z"
  })
  void aDayLastsFromItsMidnightToTheNext(UnitDate date, Instant from, Instant to) {
    assertThat(DAY.unitOf(date)).isEqualTo(new Interval(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, 2025-12-29, 2026-01-05",
    "2025-12-28, 2025-12-22, 2025-12-29",
    "2025-12-29, 2025-12-29, 2026-01-05",
    "2021-01-03, 2020-12-28, 2021-01-04"
  })
  void aWeekLastsFromMondayToMondayAlsoAcrossTheEndOfAYear(
      UnitDate date, LocalDate from, LocalDate to) {
    assertThat(WEEK.unitOf(date)).isEqualTo(between(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-31, 2026-03-01, 2026-04-01",
    "2026-12-01, 2026-12-01, 2027-01-01",
    "2024-02-29, 2024-02-01, 2024-03-01"
  })
  void aMonthLastsFromItsFirstDayToTheNextOnes(UnitDate date, LocalDate from, LocalDate to) {
    assertThat(MONTH.unitOf(date)).isEqualTo(between(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-28, PT24H, 2026-03-27T23:00:00Z",
    "2026-03-29, PT23H, 2026-03-28T23:00:00Z",
    "2026-10-25, PT25H, 2026-10-24T22:00:00Z"
  })
  void aDayIsAsLongAsItsZoneMakesIt(UnitDate date, Duration length, Instant from) {
    Interval day = inZone(DAY, "Europe/Berlin").unitOf(date);

    assertThat(day).isEqualTo(new Interval(from, from.plus(length)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-28, 2026-03-31, PT71H, 3",
    "2026-10-24, 2026-10-27, PT73H, 3",
    "2026-03-29, 2026-03-30, PT23H, 1",
    "2026-10-25, 2026-10-26, PT25H, 1"
  })
  void aRangeOfDaysIsAsLongAsItsZoneMakesIt(UnitDate from, UnitDate to, Duration length, int days) {
    Partition berlin = inZone(DAY, "Europe/Berlin");

    Interval range = berlin.between(from, to);

    assertThat(Duration.between(range.from(), range.to())).isEqualTo(length);
    assertThat(berlin.unitsIn(range)).hasSize(days);
    assertThat(berlin.dateOf(range.from())).isEqualTo(from);
    assertThat(berlin.dateOf(range.to())).isEqualTo(to);
  }

  @Test
  void aRangeHoldsTheWholeOfTheUnitsThatItsDatesCut() {
    Interval range = MONTH.between(UnitDate.of("2026-01-15"), UnitDate.of("2026-03-02"));

    assertThat(range).isEqualTo(between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, yyyyMMdd, 20260329, 2026-03-29",
    "DAY, yyyy-DDD, 2026-088, 2026-03-29",
    "WEEK, YYYYww, 202553, ",
    "WEEK, YYYYww, 202601, 2025-12-29",
    "WEEK, YYYY-'W'ww, 2026-W53, 2026-12-28",
    "WEEK, YYYY-'W'ww, 2026-W54, ",
    "WEEK, yyyyMMdd, 20260302, 2026-03-02",
    "WEEK, yyyyMMdd, 20260303, ",
    "MONTH, yyyyMM, 202603, 2026-03-01",
    "MONTH, yyyyMM, 202613, ",
    "MONTH, yyyyMM, 2026-03, ",
    "MONTH, yyyyMM, 2026031, "
  })
  void aUnitIsFoundByTheTextThatItsColumnHolds(
      Grain grain, String pattern, String text, UnitDate start) {
    PartitionColumn column = new PartitionColumn("u", ValueType.STRING, Optional.of(pattern));
    Partition berlin = new Partition(List.of(column), grain, ZoneId.of("Europe/Berlin"));

    assertThat(berlin.unitNamed(column, text))
        .isEqualTo(Optional.ofNullable(start).map(berlin::unitOf));
  }

  @ParameterizedTest
  @CsvSource({
    "WEEK, YYYYww",
    "WEEK, YYYY.ww",
    "WEEK, yyyy-MM-dd",
    "WEEK, yyyyDDD",
    "MONTH, yyyyMM",
    "MONTH, YYYY-ww",
    "MONTH, Q.yyyy-MM",
    "DAY, yyyyMMdd",
    "DAY, yyyy-DDD",
    "DAY, YYYY-ww-dd"
  })
  void everyUnitIsFoundByItsOwnText(Grain grain, String pattern) {
    PartitionColumn column = new PartitionColumn("u", ValueType.STRING, Optional.of(pattern));
    Partition units = new Partition(List.of(column), grain, ZoneId.of("America/New_York"));

    for (Interval unit :
        units.unitsIn(units.between(UnitDate.of("2019-12-30"), UnitDate.of("2027-01-04")))) {
      assertThat(units.unitNamed(column, units.valuesOf(unit).get(0).text())).contains(unit);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM, 2026-03, true",
    "yyyy-MM, 2026-03-01, false",
    "yyyy-MM, 2026-13, false",
    "YYYY-ww, 2026-03-01, false",
    "YYYY-ww, 2026-54, false",
    "yyyy-MM-dd, 2026-03-01 00, false",
    "yyyy-MM-dd, 2026-03-01-13, false",
    "yyyy-MM-dd, 2026-31-01, false",
    "yyyyMMdd, 20263101, false",
    "yyyyMM, 20260301, false",
    "yyyyDDD, 2026366, false"
  })
  void aTextHasTheFormOfAColumnAsAWhole(String pattern, String text, boolean has) {
    PartitionColumn column = new PartitionColumn("u", ValueType.STRING, Optional.of(pattern));

    assertThat(column.hasForm(text)).isEqualTo(has);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30", "20260301", "2026-3-1", "yesterday", ""})
  void whatIsNoDateIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitDate.of(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("year-month-day");
  }

  @Test
  void aDayWithoutAMidnightStartsWithItsFirstInstant() {
    Interval day = inZone(DAY, "America/Sao_Paulo").unitOf(UnitDate.of("2018-11-04"));

    assertThat(day)
        .isEqualTo(
            new Interval(
                Instant.parse("2018-11-04T03:00:00Z"), Instant.parse("2018-11-05T02:00:00Z")));
  }

  @Test
  void neighboursOfADayStayOnTheGridOfAZoneWhoseOffsetChanges() {
    Partition berlin = inZone(DAY, "Europe/Berlin");
    Interval shortDay = berlin.unitOf(UnitDate.of("2026-03-29"));

    assertThat(berlin.neighbour(shortDay, 1)).isEqualTo(berlin.unitOf(UnitDate.of("2026-03-30")));
    assertThat(berlin.neighbour(shortDay, -1)).isEqualTo(berlin.unitOf(UnitDate.of("2026-03-28")));
    assertThat(berlin.neighbour(shortDay, -1).to()).isEqualTo(shortDay.from());
  }

  @Test
  void theUnitsOfAnIntervalAreAllThoseThatShareTimeWithIt() {
    Interval threeDaysAndABit =
        new Interval(Instant.parse("2026-02-27T12:00:00Z"), Instant.parse("2026-03-02T00:00:01Z"));

    assertThat(DAY.unitsIn(threeDaysAndABit))
        .extracting(DAY::label)
        .containsExactly("day=2026-02-27", "day=2026-02-28", "day=2026-03-01", "day=2026-03-02");
    assertThat(MONTH.unitsIn(threeDaysAndABit))
        .extracting(MONTH::label)
        .containsExactly("month=2026-02-01", "month=2026-03-01");
  }

  @Test
  void theEndOfAnIntervalIsOutsideOfIt() {
    Interval march = MONTH.unitOf(UnitDate.of("2026-03-01"));

    assertThat(MONTH.unitsIn(march)).containsExactly(march);
    assertThat(DAY.unitsIn(march)).hasSize(31);
    assertThat(WEEK.unitsIn(march))
        .extracting(WEEK::label)
        .containsExactly(
            "week=2026-02-23",
            "week=2026-03-02",
            "week=2026-03-09",
            "week=2026-03-16",
            "week=2026-03-23",
            "week=2026-03-30");
  }

  @Test
  void theUnitsOfARangeFollowOneAnotherWithoutAGap() {
    Partition berlin = inZone(DAY, "Europe/Berlin");
    Interval year =
        new Interval(Instant.parse("2025-12-31T23:00:00Z"), Instant.parse("2026-12-31T23:00:00Z"));

    List<Interval> days = berlin.unitsIn(year);

    assertThat(days).hasSize(365);
    assertThat(days.get(0).from()).isEqualTo(year.from());
    assertThat(days.get(364).to()).isEqualTo(year.to());
    for (int day = 1; day < days.size(); day++) {
      assertThat(days.get(day).from()).isEqualTo(days.get(day - 1).to());
    }
  }

  @Test
  void neighboursCrossMonthsAndYears() {
    assertThat(MONTH.label(MONTH.neighbour(MONTH.unitOf(UnitDate.of("2026-01-31")), -1)))
        .isEqualTo("month=2025-12-01");
    assertThat(WEEK.label(WEEK.neighbour(WEEK.unitOf(UnitDate.of("2026-01-01")), 1)))
        .isEqualTo("week=2026-01-05");
    assertThat(DAY.label(DAY.neighbour(DAY.unitOf(UnitDate.of("2026-03-01")), 0)))
        .isEqualTo("day=2026-03-01");
  }

  @Test
  void onlyAWholeUnitOfTheGrainIsAUnit() {
    Interval march = MONTH.unitOf(UnitDate.of("2026-03-01"));
    Interval firstOfMarch = DAY.unitOf(UnitDate.of("2026-03-01"));

    assertThat(MONTH.isUnit(march)).isTrue();
    assertThat(DAY.isUnit(march)).isFalse();
    assertThat(MONTH.isUnit(firstOfMarch)).isFalse();
    assertThat(inZone(DAY, "Asia/Seoul").isUnit(firstOfMarch)).isFalse();
    assertThat(DAY.isUnit(new Interval(firstOfMarch.from(), firstOfMarch.to().plusSeconds(1))))
        .isFalse();
  }

  @Test
  void theDateOfAUnitIsThatOfItsZone() {
    Partition seoul = inZone(DAY, "Asia/Seoul");
    Interval unit = seoul.unitOf(UnitDate.of("2026-03-01"));

    assertThat(unit.from()).isEqualTo(Instant.parse("2026-02-28T15:00:00Z"));
    assertThat(seoul.label(unit)).isEqualTo("day=2026-03-01");
    assertThat(seoul.valuesOf(unit))
        .containsExactly(new TypedValue(ValueType.DATE, LocalDate.of(2026, 3, 1)));
  }

  @Test
  void aFormattedPartitionHoldsTextInThatForm() {
    Partition compact = DAY.formatted("yyyyMMdd");

    assertThat(compact.valuesOf(compact.unitOf(UnitDate.of("2026-03-01"))))
        .containsExactly(new TypedValue(ValueType.STRING, "20260301"));
    assertThat(compact.label(compact.unitOf(UnitDate.of("2026-03-01")))).isEqualTo("day=20260301");
    assertThat(compact.unitOf(UnitDate.of("2026-03-01")))
        .isEqualTo(DAY.unitOf(UnitDate.of("2026-03-01")));
  }

  @Test
  void severalColumnsMakeOneLabel() {
    Partition byParts =
        new Partition(
            List.of(
                new PartitionColumn("year", ValueType.STRING, Optional.of("yyyy")),
                new PartitionColumn("month", ValueType.STRING, Optional.of("MM")),
                new PartitionColumn("day", ValueType.DATE, Optional.empty())),
            Grain.DAY,
            ZoneId.of("UTC"));

    assertThat(byParts.label(byParts.unitOf(UnitDate.of("2026-03-01"))))
        .isEqualTo("year=2026/month=03/day=2026-03-01");
    assertThat(byParts.columnNames()).containsExactly("year", "month", "day");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yyyyMM", "yyyy", "'day'"})
  void aFormThatTwoDaysInARowShareIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.formatted(pattern))
        .withMessageContaining("Cannot format a partition by day as '" + pattern + "'")
        .withMessageContaining("one would replace the other");
  }

  @Test
  void aFormThatTellsTheUnitsOfItsGrainApartIsAccepted() {
    assertThat(MONTH.formatted("yyyyMM").columns().get(0).format()).contains("yyyyMM");
    assertThat(DAY.formatted("yyyy-DDD").columns().get(0).type()).isEqualTo(ValueType.STRING);
    assertThat(WEEK.formatted("YYYY-'W'ww").columns().get(0).format()).contains("YYYY-'W'ww");
  }

  /** In the root locale weeks begin with the year's first day. */
  @ParameterizedTest
  @CsvSource({"2027-01-01, w=2026-W53", "2024-12-31, w=2025-W01", "2026-03-04, w=2026-W10"})
  void aFormattedWeekIsThatOfIso(UnitDate date, String label) {
    Partition week = Partition.weekly("w").formatted("YYYY-'W'ww");

    assertThat(week.label(week.unitOf(date))).isEqualTo(label);
  }

  @Test
  void columnsThatTogetherRepeatThemselvesAreRefused() {
    List<PartitionColumn> columns =
        List.of(
            new PartitionColumn("year", ValueType.STRING, Optional.of("yyyy")),
            new PartitionColumn("day", ValueType.STRING, Optional.of("dd")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition(columns, Grain.DAY, ZoneId.of("UTC")))
        .withMessageContaining("Cannot format a partition by day as 'yyyy/dd'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1day", "the day", "day;", "tag-1", "요일"})
  void aColumnNeedsANameThatStandsInSqlWithoutQuotes(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Partition.daily(name))
        .withMessageContaining("as the name of a partition column");
  }

  @Test
  void twoColumnsOfOneNameAreRefusedAlsoInOtherCase() {
    PartitionColumn day = new PartitionColumn("day", ValueType.DATE, Optional.empty());
    PartitionColumn capital = new PartitionColumn("DAY", ValueType.STRING, Optional.of("dd"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition(List.of(day, capital), Grain.DAY, ZoneId.of("UTC")))
        .withMessage("Cannot use 'DAY' twice in partition columns.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition(List.of(), Grain.DAY, ZoneId.of("UTC")))
        .withMessage("Cannot do without partition columns: name at least one.");
  }

  @Test
  void aColumnIsADateOrFormattedText() {
    for (ValueType type : List.of(ValueType.INTEGER, ValueType.TIMESTAMP, ValueType.STRING)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PartitionColumn("day", type, Optional.empty()))
          .withMessageContaining("it is a DATE, or a STRING with a format");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionColumn("day", ValueType.DATE, Optional.of("yyyy")))
        .withMessageContaining("it is a DATE, or a STRING with a format");
  }

  @Test
  void aPartitionPrintsItsGrainAndColumns() {
    assertThat(DAY).hasToString("day(day)");
    assertThat(Partition.weekly("w")).hasToString("week(w)");
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, MM-dd, 2024-01-31, 2025-01-31",
    "DAY, dd, 2024-02-01, 2024-03-01",
    "DAY, YYYYMMdd, 2025-12-29, 2026-12-29",
    "WEEK, yyyy-ww, 2029-01-01, 2029-12-31",
    "MONTH, MM, 2024-01-01, 2025-01-01"
  })
  void aFormThatALaterUnitRepeatsIsRefused(
      Grain grain, String pattern, LocalDate one, LocalDate other) {
    Partition partition = new Partition(DAY.columns(), grain, ZoneId.of("UTC"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> partition.formatted(pattern))
        .withMessageContaining("the units of " + one + " and " + other + " have the same text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yyyy/MM/dd", "'../'yyyyMMdd", "'~'yyyyMMdd", "", "yyyy MM dd", "'.'yyyyMMdd"})
  void textThatIsNoFolderNameIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.formatted(pattern))
        .withMessageStartingWith("Cannot format partition column 'day' as '" + pattern + "': ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyyMMddHH",
        "yyyy-MM-dd'T'XXX",
        "{",
        "yyyyyyyyyyyyyyyyyyyyyyyy",
        "bbb",
        // Text, and two digits for a hundred years, are others elsewhere and in another century.
        "yyyyMMMdd",
        "yyyy-MM-dd-E",
        "yyMMdd",
        "YYYY-ww-e"
      })
  void aPatternThatCannotFormatADateIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DAY.formatted(pattern))
        .withMessageStartingWith("Cannot format partition column 'day' as '" + pattern + "': ");
  }

  private static Partition inZone(Partition partition, String zone) {
    return new Partition(partition.columns(), partition.grain(), ZoneId.of(zone));
  }

  private static Interval between(LocalDate from, LocalDate to) {
    return new Interval(
        from.atStartOfDay(ZoneId.of("UTC")).toInstant(),
        to.atStartOfDay(ZoneId.of("UTC")).toInstant());
  }
}
