package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.publication.PlainLake.Checks;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.publication.UnfinishedPublication.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A lake and, beside it, maps in memory that say what it has to hold: each operation is done to
 * both, and both are compared.
 *
 * <p>The maps know no files: an output holds what the attempt with the highest number made visible
 * there. An attempt that fails must have had a reason that the maps know of.
 */
final class ModelLake implements AutoCloseable {
  private static final List<String> DAYS = List.of("2026-03-01", "2026-03-02");

  private final TravellingClock clock = new TravellingClock();
  private final ProofLake proof = new ProofLake(new LocalLogStore(new Configuration(false)), clock);
  private final PlainLake lake = proof.lake();
  private final List<Attempt> stopped = new ArrayList<>();
  private final List<Attempt> journal = new ArrayList<>();
  private final Map<String, Attempt> visible = new HashMap<>();
  private final Map<Integer, Integer> inputs = new HashMap<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private int runs;
  private Instant looked = Instant.now();

  /** What the maps know of an attempt. */
  private final class Attempt {
    private final int day;
    private final String runId;
    private final Content content;
    private final Duration began = clock.ahead();
    private final Set<String> gone = new HashSet<>();
    private final SteppedAttempt process;
    private int number;
    private boolean written;

    Attempt(int day) {
      this.day = day;
      this.runId = "run-" + runs++;
      int input = inputs.getOrDefault(day, 0);
      this.content = new Content(runId, input % 4);
      this.process = proof.attempt(runId, DAYS.get(day), content, this::reached);
    }

    private void reached(Step step, String subject) {
      switch (step) {
        case BEGUN -> number = numbers.merge(day, 1, Integer::sum);
        case WRITTEN -> written = true;
        case CHECKED, READY, PUBLISHED -> {
          // Nothing that anybody sees.
        }
        case JOURNALLED -> journal.add(this);
        case VISIBLE -> show(this, subject);
        case SETTLED -> settled(this);
      }
    }

    boolean isOld() {
      return !began.equals(clock.ahead());
    }

    boolean isVisibleAt(String sink) {
      return holder(day, sink) == this;
    }

    boolean isOvertaken() {
      return PlainLake.SINKS.stream().anyMatch(sink -> number(day, sink) > number);
    }

    boolean isVisible() {
      return PlainLake.SINKS.stream().anyMatch(this::isVisibleAt);
    }

    /** Whether files are missing that have still to be published. */
    boolean lacksFiles() {
      return !gone.isEmpty();
    }
  }

  private Attempt holder(int day, String sink) {
    return visible.get(day + sink);
  }

  private int number(int day, String sink) {
    Attempt holder = holder(day, sink);
    return holder == null ? 0 : holder.number;
  }

  private void show(Attempt attempt, String sink) {
    assertThat(attempt.number)
        .as("the number of what replaces %s", sink)
        .isGreaterThanOrEqualTo(number(attempt.day, sink));
    visible.put(attempt.day + sink, attempt);
  }

  private void settled(Attempt attempt) {
    boolean whole = PlainLake.SINKS.stream().allMatch(attempt::isVisibleAt);
    if (whole && (!attempt.isOld() || !isKept(attempt))) {
      journal.removeIf(other -> other.day == attempt.day && other.number <= attempt.number);
    } else if (!attempt.isVisible() && !attempt.isOvertaken()) {
      journal.remove(attempt);
    } else if (!isKept(attempt)) {
      journal.remove(attempt);
    }
  }

  /**
   * Whether the lake still knows it. Part of it is or was visible, or it was replaced meanwhile; or
   * it stood still behind the entry of its export for so long that its copy for the stable path was
   * cleaned up: then it has still to be completed.
   */
  private boolean isKept(Attempt attempt) {
    return lake.journalled(DAYS.get(attempt.day))
        == journal.stream().filter(other -> other.day == attempt.day).count();
  }

  /** Does it, and compares. */
  void apply(Operation operation) {
    if (operation instanceof Operation.Run run) {
      run(run.day());
    } else if (operation instanceof Operation.RefusedRun run) {
      completeEarlier(run.day());
      lake.run(
          "run-" + runs++,
          DAYS.get(run.day()),
          new Content("refused", 3),
          Checks.FAIL,
          (step, subject) -> {
            if (step == Step.BEGUN) {
              numbers.merge(run.day(), 1, Integer::sum);
            }
          });
    } else if (operation instanceof Operation.StoppedRun run) {
      completeEarlier(run.day());
      Attempt attempt = new Attempt(run.day());
      attempt.process.advance(run.step());
      if (attempt.process.hasEnded()) {
        assertThat(attempt.process.failure()).isEmpty();
      } else {
        stopped.add(attempt);
      }
    } else if (operation instanceof Operation.Wake wake) {
      wake(wake.which());
    } else if (operation instanceof Operation.LateInput late) {
      inputs.merge(late.day(), 1, Integer::sum);
    } else if (operation instanceof Operation.Recover) {
      assertThat(lake.recover(Steps.IGNORED)).isEqualTo(recovered(List.copyOf(inOrder(journal))));
    } else if (operation instanceof Operation.Clean) {
      lake.clean();
      cleaned();
    } else if (operation instanceof Operation.Vacuum) {
      lake.vacuum();
      vacuumed();
    } else if (operation instanceof Operation.DaysPass) {
      dateFiles();
      clock.forward(Duration.ofDays(8));
    }
    dateFiles();
    compare();
  }

  /** A run that nobody disturbs brings its own content everywhere, whatever was before. */
  void run(int day) {
    completeEarlier(day);
    Attempt attempt = new Attempt(day);
    attempt.process.finish();
    assertThat(attempt.process.failure()).isEmpty();
    proof.assertHolds(DAYS.get(day), attempt.content);
    assertThat(lake.journalled(DAYS.get(day))).isZero();
  }

  private void completeEarlier(int day) {
    List<Attempt> ofDay = inOrder(journal).stream().filter(a -> a.day == day).toList();
    assertThat(lake.recover(DAYS.get(day), Steps.IGNORED)).isEqualTo(recovered(ofDay));
  }

  private void wake(int which) {
    if (stopped.isEmpty()) {
      return;
    }
    Attempt attempt = stopped.remove(which % stopped.size());
    attempt.process.finish();
    Optional<Throwable> failure = attempt.process.failure();
    if (failure.isPresent()) {
      assertThat(attempt.isOvertaken() || attempt.lacksFiles() || attempt.isOld())
          .as("a reason for %s", failure.get())
          .isTrue();
      if (!attempt.isVisible()) {
        attempt.gone.add(PlainLake.EXPORT);
      }
    } else {
      assertThat(attempt.isOvertaken() || PlainLake.SINKS.stream().allMatch(attempt::isVisibleAt))
          .as("an attempt that was told that it published has")
          .isTrue();
    }
  }

  /** What recovery makes of attempts, in this order. */
  private List<Ending> recovered(List<Attempt> attempts) {
    List<Ending> endings = new ArrayList<>();
    for (Attempt attempt : attempts) {
      Ending ending = recovered(attempt);
      endings.add(ending);
      if (ending != Ending.NOT_BEGUN) {
        journal.remove(attempt);
      }
      if (ending == Ending.COMPLETED) {
        journal.removeIf(other -> other.day == attempt.day && other.number < attempt.number);
      }
    }
    return endings;
  }

  private Ending recovered(Attempt attempt) {
    if (attempt.isOvertaken()) {
      return Ending.OVERTAKEN;
    }
    if (!attempt.isVisible()) {
      return Ending.NOT_BEGUN;
    }
    for (String sink : PlainLake.SINKS) {
      if (!attempt.isVisibleAt(sink)) {
        if (attempt.isOld() || attempt.gone.contains(sink)) {
          return Ending.GIVEN_UP;
        }
        show(attempt, sink);
      }
    }
    return Ending.COMPLETED;
  }

  private void vacuumed() {
    for (Attempt attempt : unfinished()) {
      for (String table : PlainLake.TABLES) {
        if (attempt.written && !attempt.isVisibleAt(table)) {
          attempt.gone.add(table);
        }
      }
    }
  }

  private void cleaned() {
    for (Attempt attempt : unfinished()) {
      if (attempt.isOld() && attempt.written) {
        PlainLake.SINKS.stream()
            .filter(sink -> !attempt.isVisibleAt(sink))
            .forEach(attempt.gone::add);
      }
    }
    journal.removeIf(attempt -> attempt.isOld() && !attempt.isOvertaken() && !attempt.isVisible());
  }

  private Set<Attempt> unfinished() {
    Set<Attempt> unfinished = new HashSet<>(stopped);
    unfinished.addAll(journal);
    return unfinished;
  }

  private static List<Attempt> inOrder(List<Attempt> attempts) {
    return attempts.stream()
        .sorted(
            Comparator.<Attempt>comparingInt(attempt -> attempt.day)
                .thenComparingInt(attempt -> attempt.number))
        .toList();
  }

  private void compare() {
    for (int day = 0; day < DAYS.size(); day++) {
      List<Optional<Content>> expected = new ArrayList<>();
      for (String sink : PlainLake.SINKS) {
        expected.add(
            Optional.ofNullable(holder(day, sink))
                .map(holder -> holder.content)
                .filter(content -> content.lines() > 0));
      }
      assertThat(proof.held(DAYS.get(day))).isEqualTo(expected);
      int now = day;
      assertThat(lake.journalled(DAYS.get(day)))
          .isEqualTo((int) journal.stream().filter(attempt -> attempt.day == now).count());
    }
    proof.assertNothingDoubled();
  }

  /** Every day is brought to an end. */
  void finish() {
    for (int day = 0; day < DAYS.size(); day++) {
      run(day);
    }
  }

  /** Files are as old by the clock of the proof as they are by that of the system. */
  private void dateFiles() {
    Instant now = Instant.now();
    if (!clock.ahead().isZero()) {
      try (Stream<Path> files = Files.walk(proof.root())) {
        for (Path file : files.toList()) {
          Instant changed = Files.getLastModifiedTime(file).toInstant();
          if (!changed.isBefore(looked) && !changed.isAfter(now)) {
            Files.setLastModifiedTime(file, FileTime.from(changed.plus(clock.ahead())));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    looked = now;
  }

  @Override
  public void close() {
    proof.close();
  }
}
