package io.penstock.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which units of a source one unit of the output reads.
 *
 * <p>Offsets count from the units that the output's unit covers (one, when both have the same
 * grain; the days of a month, when a month reads a daily table): a negative offset counts back from
 * the first of them, a positive one on from the last, and 0 stands for all of them.
 *
 * @param first offset of the first unit read
 * @param last offset of the last unit read
 * @param column when present, every row is repeated for each output unit whose window holds it,
 *     with that unit's partition value in this column
 */
public record Window(Partition partition, int first, int last, Optional<String> column) {
  public Window {
    if (first > last) {
      throw new IllegalArgumentException(
          "Cannot make a window from unit %s to unit %s: it would be empty."
              .formatted(first, last));
    }
    column.ifPresent(name -> Names.identifier("a window's column", name));
    if (column.isPresent()
        && partition.columnNames().stream().anyMatch(column.get()::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "Cannot name the column of a window on %s '%s': the partition has a column of that name. Choose another, such as 'report_%s'."
              .formatted(partition, column.get(), column.get()));
    }
    if (column.isPresent() && partition.columns().size() != 1) {
      throw new IllegalArgumentException(
          "Cannot name the column of a window on %s: it has more than one column."
              .formatted(partition));
    }
  }

  /** The same window, with the output unit's partition value in a column of every row. */
  public Window as(String name) {
    return new Window(partition, first, last, Optional.of(name));
  }

  /** The units of the source that an output unit reads, in order. */
  public List<Interval> unitsFor(Interval outputUnit) {
    List<Interval> covered = partition.unitsIn(outputUnit);
    Interval start = atOffset(covered, first, covered.get(0));
    Interval end = atOffset(covered, last, covered.get(covered.size() - 1));
    return Stream.iterate(
            start, unit -> !unit.from().isAfter(end.from()), unit -> partition.neighbour(unit, 1))
        .toList();
  }

  private Interval atOffset(List<Interval> covered, int offset, Interval atZero) {
    if (offset == 0) {
      return atZero;
    }
    Interval anchor = offset < 0 ? covered.get(0) : covered.get(covered.size() - 1);
    return partition.neighbour(anchor, offset);
  }

  /** Whether every unit read lies strictly before the output's unit. */
  public boolean isEarlier() {
    return last < 0;
  }

  @Override
  public String toString() {
    String range = first == 0 && last == 0 ? "" : "[" + first + ".." + last + "]";
    return partition + range + column.map(name -> " as " + name).orElse("");
  }
}
