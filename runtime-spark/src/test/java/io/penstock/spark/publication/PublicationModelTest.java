package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random histories of runs, first and repeated ones, refusals, kills, pauses, recoveries,
 * clean-ups, vacuums and late input, and of what others do to the tables meanwhile: after each step
 * the lake holds what maps in memory say, and a reader of a day finds it exactly when they say that
 * it is there.
 */
@Tag("proof")
class PublicationModelTest {
  private static final int TRIES = 110;

  /** Most lakes are young: much goes wrong in them that can't go wrong later. */
  private static final int FEW_STEPS = 16;

  private static final int MOST_STEPS = 100;

  private static final int TOLD_EVERY = 50_000;

  private static final AtomicLong STEPS_DONE = new AtomicLong();

  /** Histories of one try, which go on beside each other. */
  private static final int AT_ONCE = Proofs.full() ? 400 : 3;

  /** After a failure a history is repeated by the seed of the proofs, not by one of jqwik's. */
  @Property(
      tries = TRIES,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void everyHistoryLeavesWhatTheModelSays(@ForAll("histories") List<List<Operation>> histories) {
    histories.parallelStream().forEach(PublicationModelTest::replay);
  }

  @Example
  void theHistoriesAreThoseOfTheSeedWhateverElseIsDrawn() {
    List<List<Operation>> first = histories().generator(1).next(new Random(1)).value();
    List<List<Operation>> again = histories().generator(1).next(new Random(2)).value();

    assertThat(first).hasSize(AT_ONCE).isEqualTo(again);
  }

  private static void replay(List<Operation> history) {
    try {
      play(history);
    } catch (Throwable e) {
      throw new AssertionError(
          "A history that goes wrong, as short as it can be told: " + shortest(history), e);
    }
    long done = STEPS_DONE.addAndGet(history.size());
    if (done / TOLD_EVERY > (done - history.size()) / TOLD_EVERY) {
      Proofs.tell(done + " steps of random histories so far");
    }
  }

  private static void play(List<Operation> history) {
    try (ModelLake lake = new ModelLake()) {
      history.forEach(lake::apply);
      lake.finish();
    }
  }

  /** What is left of a history that goes wrong when all is left out that can be. */
  private static List<Operation> shortest(List<Operation> history) {
    List<Operation> shortest = new ArrayList<>(history);
    for (int at = shortest.size() - 1; at >= 0; at--) {
      Operation left = shortest.remove(at);
      if (goesWell(shortest)) {
        shortest.add(at, left);
      }
    }
    return shortest;
  }

  private static boolean goesWell(List<Operation> history) {
    try {
      play(history);
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  @AfterContainer
  static void tell() {
    Proofs.tell(
        "%s steps of random histories: the lake held what the model said"
            .formatted(STEPS_DONE.get()));
  }

  @Provide
  Arbitrary<List<List<Operation>>> histories() {
    RandomGenerator<List<List<Operation>>> generator =
        Arbitraries.frequencyOf(Tuple.of(3, history(FEW_STEPS)), Tuple.of(2, history(MOST_STEPS)))
            .list()
            .ofSize(AT_ONCE)
            .generator(TRIES);
    Random random = Proofs.random("histories of publications");
    return Arbitraries.fromGenerator(ofJqwik -> generator.next(random));
  }

  private static Arbitrary<List<Operation>> history(int mostSteps) {
    return operations()
        .list()
        .ofMaxSize(mostSteps)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Operation> operations() {
    Arbitrary<Integer> day = Arbitraries.of(0, 1);
    Arbitrary<Integer> table = Arbitraries.of(0, 1);
    Arbitrary<Integer> step = Arbitraries.integers().between(1, 14);
    return Arbitraries.frequencyOf(
        Tuple.of(8, day.map(Operation.Run::new)),
        Tuple.of(2, day.map(Operation.RefusedRun::new)),
        Tuple.of(16, Combinators.combine(day, step).as(Operation.StoppedRun::new)),
        Tuple.of(7, Arbitraries.integers().between(0, 9).map(Operation.Wake::new)),
        Tuple.of(4, day.map(Operation.LateInput::new)),
        Tuple.of(7, Arbitraries.create(Operation.Recover::new)),
        Tuple.of(3, Arbitraries.create(Operation.Clean::new)),
        Tuple.of(3, Arbitraries.create(Operation.Vacuum::new)),
        Tuple.of(2, Arbitraries.create(Operation.DaysPass::new)),
        Tuple.of(2, Combinators.combine(table, day).as(Operation.Delete::new)),
        Tuple.of(1, table.map(Operation.DeleteAll::new)),
        Tuple.of(
            2,
            Combinators.combine(table, Arbitraries.integers().between(1, 4))
                .as(Operation.Restore::new)),
        Tuple.of(1, Combinators.combine(table, day).as(Operation.Replace::new)),
        Tuple.of(1, table.map(Operation.Drop::new)),
        Tuple.of(1, Combinators.combine(table, day).as(Operation.DropAndCreate::new)),
        Tuple.of(2, table.map(Operation.Optimize::new)),
        Tuple.of(2, Combinators.combine(table, day).as(Operation.Append::new)),
        Tuple.of(1, Combinators.combine(table, day).as(Operation.Overwrite::new)),
        Tuple.of(1, table.map(Operation.Expire::new)),
        Tuple.of(1, table.map(Operation.Nest::new)),
        Tuple.of(
            1,
            Combinators.combine(table, Arbitraries.of(Operation.Stranger.values()))
                .as(Operation.ComeAsStranger::new)));
  }
}
