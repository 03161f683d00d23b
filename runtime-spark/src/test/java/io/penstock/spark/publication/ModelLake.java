package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.publication.PlainLake.Checks;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.ModelTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A lake and, beside it, the {@linkplain ModelState maps} that say what it has to hold: each
 * operation is done to both, and both are compared. An attempt that fails must have had a reason
 * that the maps know of.
 */
final class ModelLake implements AutoCloseable {
  private static final List<String> DAYS = List.of("2026-03-01", "2026-03-02");
  private static final Content NESTED = new Content("nested", 3);

  private final TravellingClock clock = new TravellingClock();
  private final ProofLake proof = new ProofLake(new LocalLogStore(new Configuration(false)), clock);
  private final PlainLake lake = proof.lake();
  private final ModelState state = new ModelState(clock);
  private final List<Running> stopped = new ArrayList<>();
  private final Map<Integer, Integer> inputs = new HashMap<>();
  private final Set<String> nested = new TreeSet<>();
  private int runs;
  private int others;
  private Instant looked = Instant.now();

  /** An attempt, and the process that makes it. */
  private record Running(ModelAttempt attempt, SteppedAttempt steps) {}

  private Running running(int day) {
    String runId = "run-" + runs++;
    Content content = new Content(runId, inputs.getOrDefault(day, 0) % 4);
    ModelAttempt attempt = new ModelAttempt(day, content, clock.ahead());
    return new Running(
        attempt,
        proof.attempt(
            runId,
            DAYS.get(day),
            content,
            (step, subject) -> state.reached(attempt, step, subject)));
  }

  /** Does it, and compares. */
  void apply(Operation operation) {
    if (operation instanceof Operation.ByOthers byOthers) {
      byOthers(byOthers);
    } else if (operation instanceof Operation.Run run) {
      run(run.day());
    } else if (operation instanceof Operation.RefusedRun run) {
      refusedRun(run.day());
    } else if (operation instanceof Operation.StoppedRun run) {
      stoppedRun(run.day(), run.step());
    } else if (operation instanceof Operation.Wake wake) {
      wake(wake.which());
    } else if (operation instanceof Operation.LateInput late) {
      inputs.merge(late.day(), 1, Integer::sum);
    } else if (operation instanceof Operation.Recover) {
      recover();
    } else if (operation instanceof Operation.Clean) {
      lake.clean();
      state.cleaned(unfinished());
    } else if (operation instanceof Operation.Vacuum) {
      lake.vacuum();
      state.vacuumed(unfinished());
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
    Running run = running(day);
    run.steps().finish();
    assertThat(run.steps().failure()).isEmpty();
    proof.assertHolds(DAYS.get(day), run.attempt().content());
    assertThat(lake.journalled(DAYS.get(day))).isZero();
  }

  /** What recovery made of the attempts in the journal, which is what the maps say. */
  List<Ending> recover() {
    List<Ending> endings = lake.recover(Steps.IGNORED);
    assertThat(endings).isEqualTo(state.recovered(state.inOrder()));
    compare();
    return endings;
  }

  /** Whether who reads a day of a table finds it. */
  boolean isPresent(int table, int day) {
    return lake.table(PlainLake.TABLES.get(table)).isPresent(DAYS.get(day));
  }

  private void refusedRun(int day) {
    completeEarlier(day);
    lake.run(
        "run-" + runs++,
        DAYS.get(day),
        new Content("refused", 3),
        Checks.FAIL,
        (step, subject) -> {
          if (step == Step.BEGUN) {
            state.nextNumber(day);
          }
        });
  }

  private void stoppedRun(int day, int step) {
    completeEarlier(day);
    Running run = running(day);
    run.steps().advance(step);
    if (run.steps().hasEnded()) {
      assertThat(run.steps().failure()).isEmpty();
    } else {
      stopped.add(run);
    }
  }

  private void completeEarlier(int day) {
    assertThat(lake.recover(DAYS.get(day), Steps.IGNORED))
        .isEqualTo(state.recovered(state.journal(day)));
  }

  private void wake(int which) {
    if (stopped.isEmpty()) {
      return;
    }
    Running run = stopped.remove(which % stopped.size());
    ModelAttempt attempt = run.attempt();
    boolean opposed = attempt.isUntouched() && state.isOpposed(attempt);
    run.steps().finish();
    if (opposed) {
      assertThat(attempt.isUntouched())
          .as("nothing is published of an attempt that can't publish all")
          .isTrue();
    }
    Optional<Throwable> failure = run.steps().failure();
    if (failure.isPresent()) {
      assertThat(state.obstacles(attempt)).as("reasons for %s", failure.get()).isNotEmpty();
      if (attempt.isUntouched()) {
        attempt.loses(PlainLake.EXPORT);
      }
    } else {
      assertThat(attempt.hasPublishedAll())
          .as("an attempt that was told that it published has")
          .isTrue();
    }
  }

  private Set<ModelAttempt> unfinished() {
    Set<ModelAttempt> unfinished = new HashSet<>(state.journal());
    stopped.forEach(run -> unfinished.add(run.attempt()));
    return unfinished;
  }

  private void byOthers(Operation.ByOthers operation) {
    String path = PlainLake.TABLES.get(operation.table());
    ModelTable<ModelAttempt> table = state.table(path);
    OtherWriter other = lake.other(path);
    if (operation instanceof Operation.ComeAsStranger come) {
      // A table that says nothing and knows nobody is there for whoever comes.
      assertThat(lake.refuses(path, come.stranger()))
          .as("%s refuses who was %s", path, come.stranger())
          .isEqualTo(!table.identity().contract().isEmpty() || table.hasPublishers());
    } else if (operation instanceof Operation.Nest) {
      if (nested.add(path)) {
        lake.other(PlainLake.nestedIn(path)).replace(DAYS.get(0), NESTED.text());
      }
    } else if (operation instanceof Operation.DropAndCreate create) {
      drop(path);
      Content content = ofOthers();
      other.replace(DAYS.get(create.day()), content.text());
      table.replace(create.day(), content.text());
    } else if (!table.exists()) {
      // There is nothing to which it could be done.
      return;
    } else if (operation instanceof Operation.Delete delete) {
      other.delete(DAYS.get(delete.day())::equals);
      table.delete(day -> day == delete.day());
    } else if (operation instanceof Operation.DeleteAll) {
      other.delete(day -> true);
      table.delete(day -> true);
    } else if (operation instanceof Operation.Restore restore) {
      restore(table, other, Math.max(table.version() - restore.back(), table.oldest()));
    } else if (operation instanceof Operation.Replace replace) {
      Content content = ofOthers();
      other.replace(DAYS.get(replace.day()), content.text());
      table.replace(replace.day(), content.text());
    } else if (operation instanceof Operation.Drop) {
      drop(path);
    } else if (operation instanceof Operation.Optimize) {
      other.optimize();
      table.optimize(1);
    } else if (operation instanceof Operation.Append append) {
      Content content = ofOthers();
      other.append(DAYS.get(append.day()), content.text());
      table.append(append.day(), content.text());
    } else if (operation instanceof Operation.Overwrite overwrite) {
      Content content = ofOthers();
      other.overwrite(DAYS.get(overwrite.day()), content.text());
      table.overwrite(overwrite.day(), content.text());
    } else if (operation instanceof Operation.Expire) {
      lake.expire(path);
      table.expire();
    }
  }

  private Content ofOthers() {
    return new Content("other-" + others++, 2);
  }

  private void restore(ModelTable<ModelAttempt> table, OtherWriter other, int version) {
    if (version == table.version()) {
      return;
    }
    boolean restorable = table.isRestorable(version);
    assertThat(other.restore(version)).as("version %s is whole", version).isEqualTo(restorable);
    if (restorable) {
      table.restore(version);
    }
  }

  private void drop(String path) {
    if (nested.remove(path)) {
      lake.other(PlainLake.nestedIn(path)).drop();
    }
    if (Files.exists(proof.root().resolve(path))) {
      lake.other(path).drop();
    }
    state.dropped(path, unfinished());
  }

  private void compare() {
    for (int day = 0; day < DAYS.size(); day++) {
      String name = DAYS.get(day);
      for (String path : PlainLake.TABLES) {
        ModelTable<ModelAttempt> table = state.table(path);
        assertThat(lake.table(path).isPresent(name))
            .as("whether %s of %s is there", name, path)
            .isEqualTo(table.isPresent(day));
        assertThat(lake.table(path).lines(name).stream().sorted().toList())
            .as("%s of %s", name, path)
            .isEqualTo(table.lines(day));
      }
      assertThat(lake.inExport(name))
          .isEqualTo(
              state
                  .inExport(day)
                  .map(ModelAttempt::content)
                  .filter(content -> content.lines() > 0));
      assertThat(lake.journalled(name)).isEqualTo(state.journal(day).size());
    }
    for (String path : nested) {
      assertThat(lake.inTable(PlainLake.nestedIn(path), DAYS.get(0)))
          .as("what lies in %s", path)
          .contains(NESTED);
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
