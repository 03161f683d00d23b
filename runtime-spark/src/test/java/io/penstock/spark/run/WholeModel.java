package io.penstock.spark.run;

import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.ModelTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a table and an export have to hold that runs write by day, and the journal of the runs. */
final class WholeModel {
  private final String tablePath;
  private final String pipeline;
  private final ModelTable<Attempt> table = new ModelTable<>();
  private final Map<Integer, Attempt> export = new HashMap<>();
  private final List<Attempt> journal = new ArrayList<>();

  /**
   * The outputs of one pipeline.
   *
   * @param tablePath of the table; the other output is the export
   */
  WholeModel(String tablePath, String pipeline) {
    this.tablePath = tablePath;
    this.pipeline = pipeline;
  }

  /** A run as the model knows it. */
  static final class Attempt {
    private final int day;
    private final int number;
    private final int rows;
    private boolean hasWritten;
    private int version;
    private ModelTable.Identity identity;
    private boolean lost;

    /**
     * @param number of all runs: a later one of the same day has a higher one
     */
    Attempt(int day, int number, int rows) {
      this.day = day;
      this.number = number;
      this.rows = rows;
    }

    int day() {
      return day;
    }

    int rows() {
      return rows;
    }

    String token() {
      return "t" + number;
    }

    /** What it brings to the table, {@code id,token}. */
    List<String> lines() {
      return IntStream.range(0, rows).mapToObj(id -> id + "," + token()).toList();
    }
  }

  ModelTable<Attempt> table() {
    return table;
  }

  /** Whose rows the export holds. */
  Optional<Attempt> inExport(int day) {
    return Optional.ofNullable(export.get(day));
  }

  /** The runs of a day that are in the journal, in their order. */
  List<Attempt> journal(int day) {
    return journal.stream().filter(attempt -> attempt.day == day).toList();
  }

  /** A process has come to a step of its run. */
  void reached(Attempt attempt, Step step, String subject) {
    switch (step) {
      case WRITTEN -> {
        attempt.hasWritten = true;
        attempt.version = table.version();
        attempt.identity = table.identity();
      }
      case JOURNALLED -> journal.add(attempt);
      case VISIBLE -> show(attempt, subject.equals(tablePath));
      case SETTLED -> forget(attempt);
      default -> {
        // Nothing that anybody sees.
      }
    }
  }

  private void show(Attempt attempt, boolean inTable) {
    if (inTable) {
      table.publish(attempt, attempt.day, attempt.lines(), pipeline);
    } else {
      export.put(attempt.day, attempt);
    }
  }

  /** A run that came to its end is out of the journal, and so are those before it. */
  private void forget(Attempt attempt) {
    journal.removeIf(other -> other.day == attempt.day && other.number <= attempt.number);
  }

  /** Files that are in no table are gone, and what only older versions need. */
  void vacuum() {
    table.vacuum();
    journal.stream()
        .filter(attempt -> !table.hasMade(attempt))
        .forEach(attempt -> attempt.lost = true);
  }

  /** The table is gone, with all that was written for it. */
  void drop() {
    table.drop();
    journal.stream().filter(attempt -> attempt.hasWritten).forEach(attempt -> attempt.lost = true);
  }

  /** What recovery makes of a run. */
  Ending recovered(Attempt attempt) {
    Optional<Attempt> inTable = table.publisher(attempt.day);
    Optional<Attempt> inExport = inExport(attempt.day);
    if (isLater(inTable, attempt) || isLater(inExport, attempt)) {
      journal.remove(attempt);
      return Ending.OVERTAKEN;
    }
    boolean tableMade = inTable.equals(Optional.of(attempt));
    boolean exportMade = inExport.equals(Optional.of(attempt));
    if (!tableMade && !exportMade) {
      return Ending.NOT_BEGUN;
    }
    boolean hopeless =
        tableMade
            ? !exportMade && table.mayHaveTakenBack(attempt, attempt.day)
            : attempt.lost
                || !table.accepts(attempt.identity, pipeline)
                || table.mayHaveChanged(attempt.day, attempt.version);
    if (hopeless) {
      journal.remove(attempt);
      return Ending.GIVEN_UP;
    }
    if (!tableMade) {
      show(attempt, true);
    }
    if (!exportMade) {
      show(attempt, false);
    }
    forget(attempt);
    return Ending.COMPLETED;
  }

  private static boolean isLater(Optional<Attempt> one, Attempt than) {
    return one.filter(other -> other.number > than.number).isPresent();
  }
}
