package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
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
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random histories of runs, repetitions, refusals, kills, pauses, recoveries, clean-ups, vacuums
 * and late input: after each step the lake holds what maps in memory say.
 */
class PublicationModelTest {
  private static final int TRIES = 110;
  private static final int MOST_STEPS = 100;

  private static final int TOLD_EVERY = 50_000;

  private static final AtomicLong STEPS_DONE = new AtomicLong();

  /** Histories of one try, which go on beside each other. */
  private static final int AT_ONCE = Proofs.full() ? 200 : 2;

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
    try (ModelLake lake = new ModelLake()) {
      history.forEach(lake::apply);
      lake.finish();
    }
    long done = STEPS_DONE.addAndGet(history.size());
    if (done / TOLD_EVERY > (done - history.size()) / TOLD_EVERY) {
      Proofs.tell(done + " steps of random histories so far");
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
        operations()
            .list()
            .ofMaxSize(MOST_STEPS)
            .withSizeDistribution(RandomDistribution.uniform())
            .list()
            .ofSize(AT_ONCE)
            .generator(TRIES);
    Random random = Proofs.random("histories of publications");
    return Arbitraries.fromGenerator(ofJqwik -> generator.next(random));
  }

  private static Arbitrary<Operation> operations() {
    Arbitrary<Integer> day = Arbitraries.of(0, 1);
    Arbitrary<Integer> step = Arbitraries.integers().between(1, 14);
    return Arbitraries.frequencyOf(
        Tuple.of(4, day.map(Operation.Run::new)),
        Tuple.of(1, day.map(Operation.RefusedRun::new)),
        Tuple.of(8, Combinators.combine(day, step).as(Operation.StoppedRun::new)),
        Tuple.of(3, Arbitraries.integers().between(0, 9).map(Operation.Wake::new)),
        Tuple.of(2, day.map(Operation.LateInput::new)),
        Tuple.of(3, Arbitraries.create(Operation.Recover::new)),
        Tuple.of(2, Arbitraries.create(Operation.Clean::new)),
        Tuple.of(2, Arbitraries.create(Operation.Vacuum::new)),
        Tuple.of(1, Arbitraries.create(Operation.DaysPass::new)));
  }
}
