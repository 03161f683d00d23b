package io.penstock.spec;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path or the name of a file with placeholders for a unit: {@code {day}} is the column's value,
 * {@code {day:yyyy/MM/dd}} the unit's first day in a pattern as of {@link
 * PartitionColumn#format()}.
 */
record DatedText(String text) {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?}");

  private static final int COLUMN = 1;
  private static final int PATTERN = 2;

  /**
   * @throws IllegalArgumentException if a pattern can't be the name of a folder or a part of one
   */
  DatedText {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      columns(matcher);
    }
  }

  /** Whether it holds a placeholder. */
  boolean isDated() {
    return PLACEHOLDER.matcher(text).find();
  }

  /** The columns of the placeholders, each once, in order. */
  List<String> columns() {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(found -> found.group(COLUMN))
        .distinct()
        .toList();
  }

  /** The same text with something else for each placeholder. */
  String with(String other) {
    return replaced(found -> other);
  }

  /** The same with one for each folder that a placeholder stands for. */
  String withFolders(String other) {
    return replaced(
        found -> String.join("/", Collections.nCopies(Math.max(1, columns(found).size()), other)));
  }

  /** The same as a glob for any unit: a digit stands for every other one. */
  String shape(Partition partition) {
    LocalDate any = partition.grain().startOf(LocalDate.EPOCH);
    return replaced(
        found ->
            columns(found, partition).stream()
                .map(column -> column.valueAt(any).text().replaceAll("[0-9]", "[0-9]"))
                .collect(Collectors.joining("/")));
  }

  /** The text of a unit. */
  String of(Partition partition, Interval unit) {
    LocalDate start = partition.grain().startOf(partition.dateOf(unit.from()).day());
    return replaced(
        found -> {
          List<String> parts = new ArrayList<>();
          for (PartitionColumn column : columns(found, partition)) {
            parts.add(column.valueAt(start).text());
          }
          return String.join("/", parts);
        });
  }

  /**
   * Requires that no two units of a partition have the same text.
   *
   * @throws IllegalArgumentException if two have
   */
  void requireDistinctUnits(Partition partition) {
    List<PartitionColumn> columns = new ArrayList<>();
    PLACEHOLDER
        .matcher(text)
        .results()
        .forEach(
            found -> {
              for (PartitionColumn column : columns(found, partition)) {
                columns.add(
                    new PartitionColumn("part_" + columns.size(), column.type(), column.format()));
              }
            });
    if (!columns.isEmpty()) {
      new Partition(columns, partition.grain(), partition.zone());
    }
  }

  private String replaced(Function<MatchResult, String> with) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(with.apply(found)));
  }

  /** What stands for a placeholder: a column's value, or one part of the date for each folder. */
  private static List<PartitionColumn> columns(MatchResult found, Partition partition) {
    return found.group(PATTERN) == null
        ? partition.columns().stream()
            .filter(column -> column.name().equals(found.group(COLUMN)))
            .toList()
        : columns(found);
  }

  private static List<PartitionColumn> columns(MatchResult found) {
    List<PartitionColumn> columns = new ArrayList<>();
    if (found.group(PATTERN) != null) {
      for (String folder : found.group(PATTERN).split("/", -1)) {
        columns.add(
            new PartitionColumn(found.group(COLUMN), ValueType.STRING, Optional.of(folder)));
      }
    }
    return columns;
  }
}
