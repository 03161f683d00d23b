package io.penstock.spec;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Files of records with declared columns, whose values are texts of their types.
 *
 * @param <S> the format's own type, which each step of a source returns
 */
public sealed interface RecordSource<S extends RecordSource<S>> extends FileSource<S>
    permits CsvSource, JsonSource, ExcelSource {

  /** What is said of the records. */
  RecordOptions records();

  /** The same source with other options. */
  S with(RecordOptions records);

  /**
   * The same source, where a defective record is a row that says so ({@link WhenDefective#KEEP}).
   */
  default S keepDefects() {
    return with(records().keeping(WhenDefective.KEEP));
  }

  /**
   * The same source, where each record also has its file, its line and its text, so that a rule of
   * the author can refuse it like a defect ({@link WhenDefective#KEEP_RECORDS}).
   */
  default S keepRecords() {
    return with(records().keeping(WhenDefective.KEEP_RECORDS));
  }

  /** The same source, where files may lack these columns, which are NULL then. */
  default S optional(String... columns) {
    return with(records().optional(List.of(columns)));
  }

  /** The same source, where names of columns are found in the files whatever their case. */
  default S ignoreCase() {
    return with(records().matching(RecordOptions.NameMatching.IGNORING_CASE));
  }

  /** The same source, where a key or a column that isn't declared is a defect. */
  default S refuseUnknownKeys() {
    return with(records().unknown(UnknownKeys.REFUSED));
  }

  /**
   * The same source with one more column, {@code STRING}: the JSON object of the keys or columns
   * that aren't declared, NULL for a record that has none.
   */
  default S restInto(String column) {
    return with(records().unknown(UnknownKeys.into(column)));
  }

  /** The same source over files in another encoding than UTF-8: {@code encoding("UTF-16")}. */
  default S encoding(String charset) {
    return with(records().encoding(Encodings.named(charset)));
  }

  /**
   * The same source, where these words mean NULL: {@code nullWords("NA", "-")}. In a STRING column
   * of a CSV file they do so without quotes only.
   */
  default S nullWords(String... words) {
    return values(values().words(values().words().nulls(List.of(words))));
  }

  /** The same source, where these words, and no others, are TRUE in a BOOLEAN column. */
  default S trueWords(String... words) {
    return values(values().words(values().words().trues(List.of(words))));
  }

  /** The same source, where these words, and no others, are FALSE in a BOOLEAN column. */
  default S falseWords(String... words) {
    return values(values().words(values().words().falses(List.of(words))));
  }

  /** The same source, where another character than a point begins the fraction of a number. */
  default S decimalSeparator(String character) {
    return values(values().numbers(values().numbers().decimal(character)));
  }

  /** The same source, where a character may stand between each three digits of a number. */
  default S thousandsSeparator(String character) {
    return values(values().numbers(values().numbers().thousands(character)));
  }

  /**
   * The same source, where dates are written in another form than {@code 2026-03-01}.
   *
   * @param pattern as of {@link java.time.format.DateTimeFormatter}, with the names of months in
   *     English: {@code "dd.MM.yyyy"}
   * @param columns for which it holds; all DATE columns when none is named
   */
  default S dateFormat(String pattern, String... columns) {
    return values(
        values().times(times().with(new TimeForm.DatePattern(pattern, List.of(columns)))));
  }

  /**
   * The same source, where times are written in another form than ISO 8601.
   *
   * @param pattern as of {@link java.time.format.DateTimeFormatter}: {@code "dd.MM.yyyy HH:mm"}
   * @param columns for which it holds; all TIMESTAMP and TIMESTAMP_NTZ columns when none is named
   */
  default S timestampFormat(String pattern, String... columns) {
    return values(
        values().times(times().with(new TimeForm.TimestampPattern(pattern, List.of(columns)))));
  }

  /** The same source, where TIMESTAMP columns, or these, are numbers of seconds since 1970. */
  default S epochSeconds(String... columns) {
    return epoch(TimeForm.EpochUnit.SECONDS, columns);
  }

  /** The same source, where TIMESTAMP columns, or these, are numbers of milliseconds since 1970. */
  default S epochMillis(String... columns) {
    return epoch(TimeForm.EpochUnit.MILLISECONDS, columns);
  }

  /** The same source, where TIMESTAMP columns, or these, are numbers of microseconds since 1970. */
  default S epochMicros(String... columns) {
    return epoch(TimeForm.EpochUnit.MICROSECONDS, columns);
  }

  /**
   * The same source, where TIMESTAMP columns, or these, are numbers of nanoseconds since 1970; one
   * that isn't a whole number of microseconds is a defect.
   */
  default S epochNanos(String... columns) {
    return epoch(TimeForm.EpochUnit.NANOSECONDS, columns);
  }

  /**
   * The same source, where times without an offset are of this zone and not of UTC: {@code
   * zone("Europe/Berlin")}. One that the zone's clocks skipped or showed twice is a defect.
   */
  default S zone(String zone) {
    try {
      return values(values().times(times().zone(ZoneId.of(zone))));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as a time zone: there is none of this name. Fix: write one such as 'Europe/Berlin' or '+09:00'."
              .formatted(zone),
          e);
    }
  }

  /**
   * The same source, where a year of two digits ({@code yy}) is one of the hundred years from this
   * one on: with 1970, {@code 69} is 2069 and {@code 70} is 1970.
   */
  default S twoDigitYearsFrom(int year) {
    return values(values().times(times().twoDigitYearsFrom(year)));
  }

  private S epoch(TimeForm.EpochUnit unit, String... columns) {
    return values(values().times(times().with(new TimeForm.EpochNumber(unit, List.of(columns)))));
  }

  private ValueForms values() {
    return records().values();
  }

  private TimeForms times() {
    return values().times();
  }

  private S values(ValueForms values) {
    return with(records().values(values));
  }

  /** What to do about a record that doesn't fit. */
  default WhenDefective whenDefective() {
    return records().whenDefective();
  }

  /** The encoding of the files. */
  default Charset charset() {
    return records().encoding();
  }

  @Override
  default Optional<String> schema() {
    return Optional.of(records().columns());
  }

  @Override
  default boolean hasColumnsInFiles() {
    return false;
  }
}
