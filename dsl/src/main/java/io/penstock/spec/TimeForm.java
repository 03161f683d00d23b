package io.penstock.spec;

import java.util.List;
import java.util.Locale;

/** How a date or a time is written in files, where it isn't ISO 8601. */
public sealed interface TimeForm {

  /** The columns for which it holds; none for all of its types. */
  List<String> columns();

  /** As plans print it. */
  @Override
  String toString();

  /**
   * A DATE in a pattern.
   *
   * @param pattern as of {@link java.time.format.DateTimeFormatter}
   */
  record DatePattern(String pattern, List<String> columns) implements TimeForm {
    public DatePattern {
      Names.text("a format of dates", pattern);
      columns = columnsOf(columns);
    }

    @Override
    public String toString() {
      return print("dateFormat", pattern, columns);
    }
  }

  /**
   * A TIMESTAMP or TIMESTAMP_NTZ in a pattern.
   *
   * @param pattern as of {@link java.time.format.DateTimeFormatter}
   */
  record TimestampPattern(String pattern, List<String> columns) implements TimeForm {
    public TimestampPattern {
      Names.text("a format of timestamps", pattern);
      columns = columnsOf(columns);
    }

    @Override
    public String toString() {
      return print("timestampFormat", pattern, columns);
    }
  }

  /** A TIMESTAMP as the number of units since 1970 in UTC. */
  record EpochNumber(EpochUnit unit, List<String> columns) implements TimeForm {
    public EpochNumber {
      columns = columnsOf(columns);
    }

    @Override
    public String toString() {
      OptionText text = new OptionText();
      String option = "epoch" + unit.suffix;
      if (columns.isEmpty()) {
        text.add(option);
      } else {
        text.add(option, columns);
      }
      return text.toString();
    }
  }

  /** What an epoch number counts. */
  enum EpochUnit {
    SECONDS("Seconds", 1),
    MILLISECONDS("Millis", 1_000),
    MICROSECONDS("Micros", 1_000_000),
    NANOSECONDS("Nanos", 1_000_000_000);

    private final String suffix;
    private final long perSecond;

    EpochUnit(String suffix, long perSecond) {
      this.suffix = suffix;
      this.perSecond = perSecond;
    }

    /** How many of them are a second. */
    public long perSecond() {
      return perSecond;
    }

    /** The name in messages: {@code milliseconds}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static List<String> columnsOf(List<String> columns) {
    return columns.isEmpty() ? List.of() : Names.distinct("the columns of a format", columns);
  }

  private static String print(String option, String pattern, List<String> columns) {
    OptionText text = new OptionText();
    text.add(option, pattern);
    if (!columns.isEmpty()) {
      text.add("of", columns);
    }
    return text.toString();
  }
}
