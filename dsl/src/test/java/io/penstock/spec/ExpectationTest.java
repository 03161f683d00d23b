package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.dsl.Penstock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
  private static final Expectation.Satisfies PREDICATE =
      new Expectation.Satisfies("amount >= 0", BigDecimal.ZERO);

  @ParameterizedTest
  @CsvSource({
    "0.1, 1, 10, true",
    "0.1, 2, 10, false",
    "0.3, 3, 10, true",
    "0.07, 7, 100, true",
    "0.29, 29, 100, true",
    "0.57, 57, 100, true",
    "0.000001, 1, 1000000, true",
    "0.000001, 2, 1000000, false",
    "0, 0, 5, true",
    "0, 1, 9223372036854775807, false",
    "1, 5, 5, true",
    "0.5, 0, 0, true",
    "0.1, 900719925474099301, 9007199254740993001, false",
    "0.1, 900719925474099300, 9007199254740993001, true"
  })
  void aShareIsCountedExactly(double share, long failing, long rows, boolean accepted) {
    assertThat(PREDICATE.allowing(share).accepts(failing, rows)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, 100})
  void aShareLiesBetweenNoneAndAll(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PREDICATE.allowing(share))
        .withMessageContaining("a share lies between 0 and 1");
  }

  @ParameterizedTest
  @CsvSource({"1, 0, false", "1, 1, true", "1, 3, true", "1, 4, false"})
  void bothBoundsOfANumberOfRowsAreIncluded(long least, long rows, boolean accepted) {
    assertThat(new Expectation.RowCount(OptionalLong.of(least), OptionalLong.of(3)).accepts(rows))
        .isEqualTo(accepted);
  }

  @Test
  void aMissingBoundAcceptsAnyNumber() {
    assertThat(
            new Expectation.RowCount(OptionalLong.of(1), OptionalLong.empty())
                .accepts(Long.MAX_VALUE))
        .isTrue();
    assertThat(new Expectation.RowCount(OptionalLong.empty(), OptionalLong.of(0)).accepts(0))
        .isTrue();
  }

  @Test
  void boundsThatNoNumberMeetsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.RowCount(OptionalLong.of(5), OptionalLong.of(4)))
        .withMessage("Cannot expect between 5 and 4 rows: no number of rows would do.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.RowCount(OptionalLong.of(-1), OptionalLong.empty()))
        .withMessageContaining("no number of rows would do");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.RowCount(OptionalLong.empty(), OptionalLong.of(-1)))
        .withMessageContaining("no number of rows would do");
  }

  @ParameterizedTest
  @CsvSource({
    "49, false",
    "50, true",
    "150, true",
    "151, false",
  })
  void oneOddUnitDoesNotMoveWhatIsUsual(long rows, boolean accepted) {
    Expectation.RecentRowCount check = recent("0.5", 3);

    assertThat(check.accepts(rows, check.boundsBy(List.of(100L, 0L, 100L)))).isEqualTo(accepted);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    Expectation.RecentRowCount.Bounds bounds =
        recent("0.1", 4).boundsBy(List.of(7L, 100L, 10L, 1L));

    assertThat(bounds.median()).isEqualByComparingTo("8.5");
    assertThat(bounds.least()).isEqualByComparingTo("7.65");
    assertThat(bounds.most()).isEqualByComparingTo("9.35");
  }

  @Test
  void boundsAreExactAlsoForManyRows() {
    Expectation.RecentRowCount check = recent("1", 2);

    assertThat(check.boundsBy(List.of(Long.MAX_VALUE, Long.MAX_VALUE - 1)).most())
        .isEqualByComparingTo("18446744073709551613");
    assertThat(check.accepts(0, check.boundsBy(List.of(5L)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 50, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aShareOfOtherUnitsIsMoreThanNothingAndAtMostOne(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Penstock.within(share).ofLast(7))
        .withMessageContaining("such as 0.5 for half");
  }

  @Test
  void noUnitIsNothingToCompareWith() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Penstock.within(0.5).ofLast(0))
        .withMessage("Cannot compare with ofLast(0) units: compare with at least one.");
  }

  private static Expectation.RecentRowCount recent(String share, int units) {
    return new Expectation.RecentRowCount(
        new BigDecimal(share), units, Expectation.RecentRowCount.Earlier.ALL);
  }

  @Test
  void everyCheckIsNamedAsItIsWritten() {
    assertThat(
            List.of(
                new Expectation.Unique(List.of("day", "channel")),
                new Expectation.NotNull(List.of("channel")),
                new Expectation.RowCount(OptionalLong.of(1), OptionalLong.empty()),
                new Expectation.RowCount(OptionalLong.empty(), OptionalLong.of(9)),
                new Expectation.RowCount(OptionalLong.of(1), OptionalLong.of(9)),
                new Expectation.OneOf("channel", List.of("SEARCH", "SOCIAL")),
                Penstock.rows(Penstock.within(0.5).ofLast(7)),
                Penstock.rows(Penstock.within(0.25).ofLast(4).sameWeekday()),
                Penstock.updatedWithin("ts", Penstock.days(1)),
                Penstock.updatedWithin("ts", Penstock.hours(36)),
                Penstock.updatedWithin("ts", Penstock.minutes(90)),
                Penstock.updatedWithin("ts", Duration.ofSeconds(90)),
                new Expectation.AllMatched(),
                PREDICATE,
                PREDICATE.allowing(0.00001)))
        .extracting(Expectation::name)
        .containsExactly(
            "unique(day, channel)",
            "notNull(channel)",
            "rows(atLeast(1))",
            "rows(atMost(9))",
            "rows(between(1, 9))",
            "oneOf(channel: SEARCH, SOCIAL)",
            "rows(within(0.5).ofLast(7))",
            "rows(within(0.25).ofLast(4).sameWeekday())",
            "updatedWithin(ts, days(1))",
            "updatedWithin(ts, hours(36))",
            "updatedWithin(ts, minutes(90))",
            "updatedWithin(ts, PT1M30S)",
            "allMatched()",
            "satisfies(amount >= 0)",
            "satisfies(amount >= 0, allowing 0.000010)");
  }

  @Test
  void aTimeThatIsNotLongerThanNothingIsRefused() {
    for (Duration age : List.of(Duration.ZERO, Penstock.days(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Penstock.updatedWithin("ts", age))
          .withMessageContaining("longer than nothing, such as days(1)");
    }
  }

  @Test
  void aCheckOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.Unique(List.of()))
        .withMessage("Cannot do without the columns of unique(…): name at least one.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.NotNull(List.of("a", "A")))
        .withMessage("Cannot use 'A' twice in the columns of notNull(…).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.Unique(List.of("id", "*")))
        .withMessage("Cannot use '*' as the columns of unique(…): name each of them.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.OneOf("s.*", List.of("a")))
        .withMessageStartingWith("Cannot use 's.*' as the column of oneOf(…)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.OneOf("channel", List.of()))
        .withMessageContaining("one of no values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expectation.Satisfies(" ", BigDecimal.ZERO))
        .withMessage("Cannot use a blank text as a predicate.");
  }

  @Test
  void aShareIsANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PREDICATE.allowing(Double.NaN))
        .withMessage(
            "Cannot allow a share of NaN of the rows to fail: a share lies between 0 and 1.");
  }
}
