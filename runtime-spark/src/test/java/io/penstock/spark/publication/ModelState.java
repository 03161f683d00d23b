package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.spark.publication.SinkPublication.Standing;
import io.penstock.spark.testing.ModelTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps in memory that say what a lake has to hold, and what has to become of attempts. They know no
 * files: a table holds what was made visible or done to it last, an export what the attempt with
 * the highest number made visible there.
 */
final class ModelState {
  private final Map<String, ModelTable<ModelAttempt>> tables = new LinkedHashMap<>();
  private final Map<Integer, ModelAttempt> exports = new HashMap<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final List<ModelAttempt> journal = new ArrayList<>();
  private final TravellingClock clock;

  ModelState(TravellingClock clock) {
    this.clock = clock;
    PlainLake.TABLES.forEach(path -> tables.put(path, new ModelTable<>()));
  }

  ModelTable<ModelAttempt> table(String path) {
    return tables.get(path);
  }

  /** Whose rows an export holds. */
  Optional<ModelAttempt> inExport(int day) {
    return Optional.ofNullable(exports.get(day));
  }

  List<ModelAttempt> journal() {
    return List.copyOf(journal);
  }

  /** The attempts at a day that are in the journal, in their order. */
  List<ModelAttempt> journal(int day) {
    return inOrder().stream().filter(attempt -> attempt.day() == day).toList();
  }

  /** Each in its line, and the lines one after the other. */
  List<ModelAttempt> inOrder() {
    return journal.stream()
        .sorted(Comparator.comparingInt(ModelAttempt::day).thenComparingInt(ModelAttempt::number))
        .toList();
  }

  int nextNumber(int day) {
    return numbers.merge(day, 1, Integer::sum);
  }

  /** A process has come to a step of its attempt. */
  void reached(ModelAttempt attempt, Step step, String subject) {
    switch (step) {
      case BEGUN -> attempt.begins(nextNumber(attempt.day()));
      case WRITTEN -> attempt.writes(tables);
      case CHECKED, READY -> {
        // Nothing that anybody sees.
      }
      case JOURNALLED -> journal.add(attempt);
      case VISIBLE -> {
        attempt.seesVisible(subject);
        show(attempt, subject);
      }
      case PUBLISHED -> attempt.publishes(subject);
      case SETTLED -> settled(attempt);
    }
  }

  private void settled(ModelAttempt attempt) {
    if (attempt.isUntouched()) {
      journal.remove(attempt);
    } else if (attempt.hasPublishedAll()) {
      journal.remove(attempt);
      forgetBefore(attempt);
    }
  }

  private void forgetBefore(ModelAttempt attempt) {
    journal.removeIf(other -> other.day() == attempt.day() && other.number() < attempt.number());
  }

  /** An output of an attempt becomes visible; when it was before, nothing happens. */
  private void show(ModelAttempt attempt, String sink) {
    Optional<ModelAttempt> last = last(attempt.day(), sink);
    if (isMade(attempt, sink)) {
      return;
    }
    assertThat(attempt.number())
        .as("the number of what replaces %s", sink)
        .isGreaterThan(last.map(ModelAttempt::number).orElse(0));
    if (sink.equals(PlainLake.EXPORT)) {
      exports.put(attempt.day(), attempt);
    } else {
      tables
          .get(sink)
          .publish(attempt, attempt.day(), attempt.content().text(), PlainLake.PIPELINE);
    }
  }

  /** The last attempt at a day that an output has seen. */
  private Optional<ModelAttempt> last(int day, String sink) {
    return sink.equals(PlainLake.EXPORT) ? inExport(day) : tables.get(sink).publisher(day);
  }

  private boolean isMade(ModelAttempt attempt, String sink) {
    return sink.equals(PlainLake.EXPORT)
        ? exports.get(attempt.day()) == attempt
        : tables.get(sink).hasMade(attempt);
  }

  /** Where an attempt stands at an output. */
  private Standing standing(ModelAttempt attempt, String sink) {
    Optional<ModelAttempt> last = last(attempt.day(), sink);
    if (last.map(ModelAttempt::number).orElse(0) > attempt.number()) {
      return Standing.OVERTAKEN;
    }
    if (!last.equals(Optional.of(attempt))) {
      return Standing.WAITING;
    }
    return !sink.equals(PlainLake.EXPORT)
            && tables.get(sink).mayHaveTakenBack(attempt, attempt.day())
        ? Standing.TAKEN_BACK
        : Standing.PUBLISHED;
  }

  private Map<String, Standing> standings(ModelAttempt attempt) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    PlainLake.SINKS.forEach(sink -> standings.put(sink, standing(attempt, sink)));
    return standings;
  }

  private boolean isOvertaken(ModelAttempt attempt) {
    return standings(attempt).containsValue(Standing.OVERTAKEN);
  }

  /** Whether nothing of an attempt, nor of a later one, is to be seen anywhere. */
  boolean isInvisible(ModelAttempt attempt) {
    return Set.copyOf(standings(attempt).values()).equals(Set.of(Standing.WAITING));
  }

  /**
   * Whether an attempt that goes on now finds, before it makes anything visible, that it can't
   * publish all.
   */
  boolean isOpposed(ModelAttempt attempt) {
    boolean overtaken = attempt.number() > 0 && isOvertaken(attempt);
    return overtaken
        || (attempt.hasWritten()
            && PlainLake.TABLES.stream().anyMatch(table -> !fits(attempt, table)));
  }

  /** Why an attempt that is alive may fail; none when it has to succeed. */
  List<String> obstacles(ModelAttempt attempt) {
    List<String> obstacles = new ArrayList<>();
    if (isOvertaken(attempt)) {
      obstacles.add("a later attempt has published");
    }
    if (attempt.isOld(clock.ahead())) {
      obstacles.add("it began days ago");
    }
    for (String sink : PlainLake.SINKS) {
      if (attempt.hasLost(sink)) {
        obstacles.add("its files for " + sink + " are gone");
      }
      if (!sink.equals(PlainLake.EXPORT) && attempt.hasWritten() && !fits(attempt, sink)) {
        obstacles.add(sink + " is another table");
      }
    }
    return obstacles;
  }

  private boolean fits(ModelAttempt attempt, String table) {
    return tables.get(table).accepts(attempt.target(table).identity(), PlainLake.PIPELINE);
  }

  /** What recovery makes of attempts, in this order. */
  List<Ending> recovered(List<ModelAttempt> attempts) {
    List<Ending> endings = new ArrayList<>();
    for (ModelAttempt attempt : attempts) {
      Ending ending = recovered(attempt);
      endings.add(ending);
      if (ending != Ending.NOT_BEGUN) {
        journal.remove(attempt);
      }
      if (ending == Ending.COMPLETED) {
        forgetBefore(attempt);
      }
    }
    return endings;
  }

  private Ending recovered(ModelAttempt attempt) {
    Map<String, Standing> standings = standings(attempt);
    if (standings.containsValue(Standing.OVERTAKEN)) {
      return Ending.OVERTAKEN;
    }
    if (isInvisible(attempt)) {
      return Ending.NOT_BEGUN;
    }
    List<String> waiting =
        PlainLake.SINKS.stream().filter(sink -> standings.get(sink) == Standing.WAITING).toList();
    boolean hopeless = standings.containsValue(Standing.TAKEN_BACK) || attempt.isOld(clock.ahead());
    if (!waiting.isEmpty()
        && (hopeless || waiting.stream().anyMatch(sink -> !isCompletable(attempt, sink)))) {
      return Ending.GIVEN_UP;
    }
    waiting.forEach(sink -> show(attempt, sink));
    return Ending.COMPLETED;
  }

  /** Whether another process may still bring what an attempt wrote for an output. */
  private boolean isCompletable(ModelAttempt attempt, String sink) {
    if (attempt.hasLost(sink)) {
      return false;
    }
    if (sink.equals(PlainLake.EXPORT)) {
      return true;
    }
    return fits(attempt, sink)
        && !tables.get(sink).mayHaveChanged(attempt.day(), attempt.target(sink).version());
  }

  /** Files that are in no table, or in none any more, are gone, however young. */
  void vacuumed(Set<ModelAttempt> unfinished) {
    tables.values().forEach(ModelTable::vacuum);
    for (ModelAttempt attempt : unfinished) {
      PlainLake.TABLES.stream()
          .filter(
              table -> !isMade(attempt, table) || tables.get(table).isGone(attempt, attempt.day()))
          .forEach(attempt::loses);
    }
  }

  /** Old files that are in no table or export are gone, and old attempts that nobody sees. */
  void cleaned(Set<ModelAttempt> unfinished) {
    Duration now = clock.ahead();
    for (ModelAttempt attempt : unfinished) {
      if (attempt.isOld(now)) {
        PlainLake.SINKS.stream().filter(sink -> !isMade(attempt, sink)).forEach(attempt::loses);
      }
    }
    journal.removeIf(attempt -> attempt.isOld(now) && isInvisible(attempt));
  }

  /** A table is gone, with all that was written for it. */
  void dropped(String table, Set<ModelAttempt> unfinished) {
    tables.get(table).drop();
    unfinished.forEach(attempt -> attempt.loses(table));
  }
}
