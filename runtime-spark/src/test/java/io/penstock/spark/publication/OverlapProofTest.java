package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two attempts at one time: the result is always that of one after the other. */
@Tag("proof")
final class OverlapProofTest {
  private static final String DAY = "2026-03-01";
  private static final String OTHER_DAY = "2026-03-02";
  private static final Content OLD = new Content("old", 3);
  private static final Content NEW = new Content("new", 5);

  @Test
  void anAttemptThatStoodStillWhileAnotherRanNeverPublishesOverIt() {
    int pauses = Proofs.full() ? 2_000 : 56;
    int steps = steps(ProofLake::new);
    int fenced = 0;
    for (int pause = 0; pause < pauses; pause++) {
      fenced += pausedAt(pause % steps + 1) ? 1 : 0;
    }
    assertThat(fenced).as("attempts that were fenced off").isPositive();
    Proofs.tell(
        "%s attempts stopped at %s steps while another ran: the old output was current 0 times; %s were fenced off"
            .formatted(pauses, steps, fenced));
  }

  /** Whether the attempt was fenced off when it went on. */
  private static boolean pausedAt(int step) {
    try (ProofLake proof = new ProofLake()) {
      SteppedAttempt slow = proof.attempt("run-1", DAY, OLD);
      slow.advance(step);
      proof.lake().recover(DAY, Steps.IGNORED);
      proof.publish("run-2", DAY, NEW);
      proof.assertHolds(DAY, NEW);
      while (slow.advance().isPresent()) {
        assertThat(proof.held(DAY)).containsOnly(Optional.of(NEW));
      }
      proof.assertHolds(DAY, NEW);
      proof.assertNothingDoubled();
      return slow.failure().map(OverlapProofTest::isFence).orElse(false);
    }
  }

  @Test
  void twoAttemptsAtOneDayLeaveTheWholeOfTheLaterWhateverTheOrderOfTheirSteps() {
    int orders = Proofs.full() ? 5_000 : 120;
    Random random = Proofs.random("orders of steps");
    Course course = Course.stepByStep();
    int fenced = 0;
    for (int order = 0; order < orders; order++) {
      fenced += interleavedAtOneDay(course, randomOrder(course.strides(), random)) ? 1 : 0;
    }
    assertThat(fenced).as("orders in which the earlier was fenced off").isBetween(1, orders - 1);
    Proofs.tell(
        "%s orders of the steps of two attempts at one day: always the whole of the later; in %s the earlier was fenced off, else it published before"
            .formatted(orders, fenced));
  }

  @Test
  void twoAttemptsAtTwoDaysAreNotInEachOthersWay() {
    int orders = Proofs.full() ? 1_000 : 30;
    Random random = Proofs.random("orders of steps on two days");
    Course course = Course.stepByStep();
    for (int order = 0; order < orders; order++) {
      interleavedAtTwoDays(course, randomOrder(course.strides(), random));
    }
    Proofs.tell("%s orders of the steps of attempts at two days: always both".formatted(orders));
  }

  /** With one table and an export, these are all orders that there are. */
  @Test
  void everyOrderOfTheStepsIsThatOfOneAttemptAfterTheOther() {
    List<Integer> strides = Course.OF_ONE_TABLE.strides();
    assertThat(strides.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(steps(ProofLake::ofOneTable));
    List<List<Integer>> orders = allOrders(strides);
    Collections.shuffle(orders, Proofs.random("orders among all"));
    List<List<Integer>> tried = Proofs.full() ? orders : orders.subList(0, 100);

    long fenced =
        tried.parallelStream()
            .filter(order -> interleavedAtOneDay(Course.OF_ONE_TABLE, order))
            .count();
    tried.parallelStream().forEach(order -> interleavedAtTwoDays(Course.OF_ONE_TABLE, order));

    assertThat(fenced).as("orders in which the earlier was fenced off").isPositive();
    Proofs.tell(
        "%s of all %s orders in which two attempts can go, whichever comes first: at one day always the whole of the later, which fenced off the earlier in %s; at two days always both"
            .formatted(tried.size(), orders.size(), fenced));
  }

  /** Whether the earlier attempt was fenced off. */
  private static boolean interleavedAtOneDay(Course course, List<Integer> order) {
    List<Content> contents = List.of(OLD, NEW);
    try (ProofLake proof = course.lakes().get()) {
      List<SteppedAttempt> two =
          List.of(proof.attempt("run-0", DAY, OLD), proof.attempt("run-1", DAY, NEW));
      int earlier = order.get(0);
      Optional<Content> later = Optional.of(contents.get(1 - earlier));
      List<Optional<Content>> seen = new ArrayList<>(proof.held(DAY));
      course.go(
          two,
          order,
          () -> {
            List<Optional<Content>> now = proof.held(DAY);
            for (int sink = 0; sink < now.size(); sink++) {
              if (seen.get(sink).equals(later)) {
                assertThat(now.get(sink)).as("later, in order %s", order).isEqualTo(later);
              }
              seen.set(sink, now.get(sink));
            }
          });
      assertThat(two.get(1 - earlier).failure()).isEmpty();
      proof.assertHolds(DAY, later.orElseThrow());
      proof.assertNothingDoubled();
      Optional<Throwable> failure = two.get(earlier).failure();
      assertThat(failure.map(OverlapProofTest::isFence)).isNotEqualTo(Optional.of(false));
      return failure.isPresent();
    }
  }

  private static void interleavedAtTwoDays(Course course, List<Integer> order) {
    try (ProofLake proof = course.lakes().get()) {
      List<SteppedAttempt> two =
          List.of(proof.attempt("run-0", DAY, OLD), proof.attempt("run-1", OTHER_DAY, NEW));
      course.go(two, order, () -> {});
      assertThat(two).allMatch(attempt -> attempt.failure().isEmpty());
      proof.assertHolds(DAY, OLD);
      proof.assertHolds(OTHER_DAY, NEW);
      proof.assertNothingDoubled();
    }
  }

  /**
   * How an attempt goes.
   *
   * @param strides how many steps it takes at once: those between which nothing happens
   */
  private record Course(Supplier<ProofLake> lakes, List<Integer> strides) {
    /** What is written is checked, and a table that is visible is published, by nothing more. */
    static final Course OF_ONE_TABLE =
        new Course(ProofLake::ofOneTable, List.of(1, 2, 1, 1, 2, 1, 1, 1, 1));

    static Course stepByStep() {
      return new Course(ProofLake::new, Collections.nCopies(steps(ProofLake::new), 1));
    }

    /** Lets attempts go in an order, and then to their ends. */
    void go(List<SteppedAttempt> attempts, List<Integer> order, Runnable look) {
      int[] gone = new int[attempts.size()];
      for (int next : order) {
        attempts.get(next).advance(strides.get(gone[next]++));
        look.run();
      }
      attempts.forEach(SteppedAttempt::finish);
    }
  }

  /** All orders in which two can go, of which the first begins: the other half is the same. */
  private static List<List<Integer>> allOrders(List<Integer> strides) {
    int turns = 2 * strides.size();
    return IntStream.range(0, 1 << turns)
        .filter(bits -> Integer.bitCount(bits) == strides.size() && (bits & 1) == 0)
        .mapToObj(bits -> IntStream.range(0, turns).mapToObj(turn -> bits >> turn & 1).toList())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Integer> randomOrder(List<Integer> strides, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 2 * strides.size(); i++) {
      order.add(i % 2);
    }
    Collections.shuffle(order, random);
    return order;
  }

  private static int steps(Supplier<ProofLake> lakes) {
    try (ProofLake proof = lakes.get()) {
      SteppedAttempt attempt = proof.attempt("run-1", DAY, OLD);
      int steps = 0;
      while (attempt.advance().isPresent()) {
        steps++;
      }
      return steps;
    }
  }

  private static boolean isFence(Throwable failure) {
    return failure instanceof OvertakenException;
  }
}
