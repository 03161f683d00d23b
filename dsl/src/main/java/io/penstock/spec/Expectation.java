package io.penstock.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has to be true of rows before they are published.
 *
 * <p>Only what is TRUE passes: a predicate that is NULL for a row fails that row.
 */
public sealed interface Expectation {

  /** The check's name in plans, results and messages. */
  String name();

  /** The author's SQL in it; empty where it names columns or a number of rows. */
  Optional<String> sql();

  /**
   * Whether one run may publish although this fails, when somebody gives a reason: where the day is
   * rightly odd. Not so of what makes rows wrong for whoever relies on them, a key that isn't
   * unique or a NULL where none is expected.
   */
  boolean isAcceptable();

  /** Calls the method of the visitor that fits this expectation. */
  <R> R accept(Visitor<R> visitor);

  /** No two rows have the same values in the columns; NULL equals NULL here. */
  record Unique(List<String> columns) implements Expectation {
    public Unique {
      columns = Names.eachByName("the columns of unique(…)", columns);
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return false;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitUnique(this);
    }

    @Override
    public String name() {
      return "unique(" + String.join(", ", columns) + ")";
    }
  }

  /** No row has a NULL in any of the columns. */
  record NotNull(List<String> columns) implements Expectation {
    public NotNull {
      columns = Names.eachByName("the columns of notNull(…)", columns);
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return false;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNotNull(this);
    }

    @Override
    public String name() {
      return "notNull(" + String.join(", ", columns) + ")";
    }
  }

  /** The number of rows lies within bounds, both included. */
  record RowCount(OptionalLong atLeast, OptionalLong atMost) implements Expectation {
    public RowCount {
      if (atLeast.orElse(0) < 0 || atMost.orElse(Long.MAX_VALUE) < atLeast.orElse(0)) {
        throw new IllegalArgumentException(
            "Cannot expect between "
                + atLeast.orElse(0)
                + " and "
                + atMost.orElse(Long.MAX_VALUE)
                + " rows: no number of rows would do.");
      }
    }

    /** Whether a number of rows is within the bounds. */
    public boolean accepts(long rows) {
      return rows >= atLeast.orElse(0) && rows <= atMost.orElse(Long.MAX_VALUE);
    }

    /** What is expected, for people: {@code at least 10}. */
    public String bounds() {
      if (atMost.isEmpty()) {
        return "at least " + atLeast.orElse(0);
      }
      return atLeast.isEmpty()
          ? "at most " + atMost.getAsLong()
          : "between " + atLeast.getAsLong() + " and " + atMost.getAsLong();
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitRowCount(this);
    }

    @Override
    public String name() {
      if (atMost.isEmpty()) {
        return "rows(atLeast(" + atLeast.orElse(0) + "))";
      }
      return atLeast.isEmpty()
          ? "rows(atMost(" + atMost.getAsLong() + "))"
          : "rows(between(" + atLeast.getAsLong() + ", " + atMost.getAsLong() + "))";
    }
  }

  /**
   * The number of rows of a unit is about that of earlier units of the same output: it differs from
   * their median by no more than a share of it.
   *
   * <p>The median and not the mean: one odd unit among the earlier ones, such as a day without
   * deliveries, then doesn't move what is expected of the units after it.
   *
   * @param share of the median, more than 0 and at most 1: 0.5 accepts half as many rows to half as
   *     many again
   * @param units how many of the earlier units count; one that isn't there doesn't, and isn't
   *     replaced by an earlier one
   */
  record RecentRowCount(BigDecimal share, int units, Earlier earlier) implements Expectation {
    /** Which units count. */
    public enum Earlier {
      /** Those right before the unit. */
      ALL,
      /** Days on the same day of the week, in the weeks right before the day. */
      SAME_WEEKDAY
    }

    /** What is expected, computed from earlier units. */
    public record Bounds(BigDecimal median, BigDecimal least, BigDecimal most) {}

    public RecentRowCount {
      if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException(
            "Cannot expect rows(within(%s)): a share is more than 0 and at most 1, such as 0.5 for half."
                .formatted(share));
      }
      if (units < 1) {
        throw new IllegalArgumentException(
            "Cannot compare with ofLast(%s) units: compare with at least one.".formatted(units));
      }
    }

    /** The bounds, both included, by the numbers of rows of at least one earlier unit. */
    public Bounds boundsBy(List<Long> earlierRows) {
      List<BigDecimal> sorted = earlierRows.stream().sorted().map(BigDecimal::valueOf).toList();
      BigDecimal low = sorted.get((sorted.size() - 1) / 2);
      BigDecimal high = sorted.get(sorted.size() / 2);
      BigDecimal median = low.add(high).multiply(new BigDecimal("0.5"));
      BigDecimal difference = median.multiply(share);
      return new Bounds(median, median.subtract(difference), median.add(difference));
    }

    /** Whether a number of rows is within the bounds. */
    public boolean accepts(long rows, Bounds bounds) {
      BigDecimal number = BigDecimal.valueOf(rows);
      return number.compareTo(bounds.least()) >= 0 && number.compareTo(bounds.most()) <= 0;
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitRecentRowCount(this);
    }

    @Override
    public String name() {
      return "rows(within(%s).ofLast(%s)%s)"
          .formatted(
              share.toPlainString(),
              units,
              earlier == Earlier.SAME_WEEKDAY ? ".sameWeekday()" : "");
    }
  }

  /**
   * The newest value of a time column is not older than so long before the end of the run's
   * interval. The interval and not the clock, so that a backfill is judged as the run of that day
   * was.
   *
   * <p>Values at or after that end don't count, since one time in the future would hide that
   * nothing else has come. NULL doesn't either, and without a value the check fails. A DATE is its
   * midnight, and a time without a zone is one in UTC.
   *
   * @param age more than nothing
   */
  record UpdatedWithin(String column, Duration age) implements Expectation {
    public UpdatedWithin {
      Names.eachByName("the column of updatedWithin(…)", List.of(column));
      if (age.isNegative() || age.isZero()) {
        throw new IllegalArgumentException(
            "Cannot expect '%s' to be updated within %s: name a time that is longer than nothing, such as days(1)."
                .formatted(column, age));
      }
    }

    /** The oldest time that the newest value may have. */
    public Instant oldest(Interval interval) {
      return interval.to().minus(age);
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitUpdatedWithin(this);
    }

    @Override
    public String name() {
      return "updatedWithin(%s, %s)".formatted(column, Durations.text(age));
    }
  }

  /** Every row has one of the values in the column, compared as text; NULL is none of them. */
  record OneOf(String column, List<String> values) implements Expectation {
    public OneOf {
      Names.eachByName("the column of oneOf(…)", List.of(column));
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot expect '" + column + "' to be one of no values: name at least one.");
      }
      values = List.copyOf(values);
    }

    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitOneOf(this);
    }

    @Override
    public String name() {
      return "oneOf(" + column + ": " + String.join(", ", values) + ")";
    }
  }

  /**
   * Every row of a join's left side has a match. It speaks of the join right before it, and of rows
   * that the join may have dropped.
   */
  record AllMatched() implements Expectation {
    @Override
    public Optional<String> sql() {
      return Optional.empty();
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitAllMatched(this);
    }

    @Override
    public String name() {
      return "allMatched()";
    }
  }

  /**
   * A SQL predicate is TRUE for the rows.
   *
   * @param allowedShare of rows, 0 to 1, that may fail
   */
  record Satisfies(String predicate, BigDecimal allowedShare) implements Expectation {
    public Satisfies {
      Names.text("a predicate", predicate);
      if (allowedShare.signum() < 0 || allowedShare.compareTo(BigDecimal.ONE) > 0) {
        throw noShare(allowedShare);
      }
    }

    /** The same predicate, where this share of the rows (0.01 is one in a hundred) may fail. */
    public Satisfies allowing(double share) {
      if (!Double.isFinite(share)) {
        throw noShare(share);
      }
      return new Satisfies(predicate, BigDecimal.valueOf(share));
    }

    private static IllegalArgumentException noShare(Number share) {
      return new IllegalArgumentException(
          "Cannot allow a share of "
              + share
              + " of the rows to fail: a share lies between 0 and 1.");
    }

    /** Whether so many failing rows out of so many are within the allowed share. */
    public boolean accepts(long failing, long rows) {
      return BigDecimal.valueOf(failing).compareTo(allowedShare.multiply(BigDecimal.valueOf(rows)))
          <= 0;
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(predicate);
    }

    @Override
    public boolean isAcceptable() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSatisfies(this);
    }

    @Override
    public String name() {
      String allowed =
          allowedShare.signum() == 0 ? "" : ", allowing " + allowedShare.toPlainString();
      return "satisfies(" + predicate + allowed + ")";
    }
  }

  /** The expectations so far and at least one more. */
  static List<Expectation> joined(List<Expectation> present, Expectation... more) {
    if (more.length == 0) {
      throw new IllegalArgumentException("Cannot expect nothing: name at least one check.");
    }
    List<Expectation> all = new ArrayList<>(present);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /**
   * Treats every kind of expectation. There is no default method, so that a new kind does not
   * compile until every visitor has an answer for it: one that nobody evaluates would pass.
   *
   * @param <R> what a visit yields
   */
  interface Visitor<R> {
    R visitUnique(Unique check);

    R visitNotNull(NotNull check);

    R visitRowCount(RowCount check);

    R visitRecentRowCount(RecentRowCount check);

    R visitUpdatedWithin(UpdatedWithin check);

    R visitOneOf(OneOf check);

    R visitAllMatched(AllMatched check);

    R visitSatisfies(Satisfies check);
  }
}
