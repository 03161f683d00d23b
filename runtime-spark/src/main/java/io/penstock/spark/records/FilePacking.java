package io.penstock.spark.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Divides files among tasks. A file is never split, because only a reader that starts at its
 * beginning knows whether a line feed ends a record. Small files share tasks.
 */
final class FilePacking {
  /** The cost of opening a file, in bytes that could be read in the same time. */
  private static final long OPENING_COST = 1L << 20;

  /** Fewer bytes than this don't justify another task. */
  private static final long BYTES_PER_TASK = 4L << 20;

  private FilePacking() {}

  /** At most {@code parallelism} groups of about the same size, none of them empty. */
  static List<List<InputFile>> pack(List<InputFile> files, int parallelism) {
    long total = files.stream().mapToLong(FilePacking::cost).sum();
    long wanted = (total + BYTES_PER_TASK - 1) / BYTES_PER_TASK;
    int count = (int) Math.min(Math.min(wanted, files.size()), Math.max(1, parallelism));

    PriorityQueue<Group> lightestFirst =
        new PriorityQueue<>(
            Comparator.comparingLong((Group group) -> group.cost)
                .thenComparingInt(group -> group.number));
    List<Group> groups = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Group group = new Group(number);
      groups.add(group);
      lightestFirst.add(group);
    }
    List<InputFile> largestFirst = new ArrayList<>(files);
    largestFirst.sort(
        Comparator.comparingLong(InputFile::length).reversed().thenComparing(InputFile::path));
    for (InputFile file : largestFirst) {
      Group lightest = lightestFirst.remove();
      lightest.add(file);
      lightestFirst.add(lightest);
    }
    return groups.stream().map(group -> List.copyOf(group.files)).toList();
  }

  private static long cost(InputFile file) {
    return file.length() + OPENING_COST;
  }

  private static final class Group {
    private final int number;
    private final List<InputFile> files = new ArrayList<>();
    private long cost;

    Group(int number) {
      this.number = number;
    }

    void add(InputFile file) {
      files.add(file);
      cost += FilePacking.cost(file);
    }
  }
}
