package io.penstock.spark.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Divides files among tasks. A file is never split, because only reading it from its start tells
 * whether a line feed ends a record. Many small files share a task.
 */
final class FilePacking {
  /** What opening a file costs, as bytes that could be read meanwhile. */
  private static final long OPENING = 1L << 20;

  /** Less than this isn't worth another task. */
  private static final long WORTH_A_TASK = 4L << 20;

  private FilePacking() {}

  /** At most {@code parallelism} groups of about the same size, none of them empty. */
  static List<List<InputFile>> pack(List<InputFile> files, int parallelism) {
    long total = files.stream().mapToLong(FilePacking::cost).sum();
    long wanted = (total + WORTH_A_TASK - 1) / WORTH_A_TASK;
    int count = (int) Math.min(Math.min(wanted, files.size()), Math.max(1, parallelism));

    PriorityQueue<Group> lightestFirst =
        new PriorityQueue<>(Comparator.comparingLong(Group::cost).thenComparingInt(Group::number));
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
    return groups.stream().map(Group::files).toList();
  }

  private static long cost(InputFile file) {
    return file.length() + OPENING;
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

    int number() {
      return number;
    }

    long cost() {
      return cost;
    }

    List<InputFile> files() {
      return List.copyOf(files);
    }
  }
}
