package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.spark.publication.Operation.Append;
import io.penstock.spark.publication.Operation.Clean;
import io.penstock.spark.publication.Operation.DaysPass;
import io.penstock.spark.publication.Operation.Delete;
import io.penstock.spark.publication.Operation.DeleteAll;
import io.penstock.spark.publication.Operation.Drop;
import io.penstock.spark.publication.Operation.DropAndCreate;
import io.penstock.spark.publication.Operation.Expire;
import io.penstock.spark.publication.Operation.LateInput;
import io.penstock.spark.publication.Operation.Optimize;
import io.penstock.spark.publication.Operation.Overwrite;
import io.penstock.spark.publication.Operation.RefusedRun;
import io.penstock.spark.publication.Operation.Replace;
import io.penstock.spark.publication.Operation.Restore;
import io.penstock.spark.publication.Operation.Run;
import io.penstock.spark.publication.Operation.StoppedRun;
import io.penstock.spark.publication.Operation.Vacuum;
import io.penstock.spark.publication.Operation.Wake;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pairs of what an attempt and others do to one lake, each once and by name: those that random
 * histories might meet seldom. What the maps in memory say is asked for beside it, after each step.
 */
final class PublicationPairsTest {
  /** Behind the commit to the first table, before that to the second. */
  private static final int BETWEEN_TWO_TABLES = 7;

  private static final int SECOND_IS_READY = 8;
  private static final int FIRST_IS_READY = 5;
  private static final int FIRST_IS_VISIBLE = 6;
  private static final int BEGUN = 1;
  private static final int JOURNALLED = 4;
  private static final int STEPS = 14;

  @Test
  void aFirstRunThatIsRefusedLeavesNothingToRead() {
    try (ModelLake lake = new ModelLake()) {
      lake.apply(new RefusedRun(0));
      lake.apply(new RefusedRun(0));

      assertThat(lake.isPresent(0, 0)).isFalse();
      assertThat(lake.isPresent(1, 0)).isFalse();
      lake.finish();
    }
  }

  @TestFactory
  Stream<DynamicTest> aFirstRunThatDiesIsToBeReadAsAWholeOrNotAtAll() {
    return Stream.iterate(1, step -> step <= STEPS, step -> step + 1)
        .map(step -> DynamicTest.dynamicTest("at step " + step, () -> firstRunDiesAt(step)));
  }

  private static void firstRunDiesAt(int step) {
    try (ModelLake lake = new ModelLake()) {
      lake.apply(new StoppedRun(0, step));
      boolean begun = step >= FIRST_IS_VISIBLE;
      assertThat(lake.isPresent(0, 0)).isEqualTo(begun);

      List<Ending> endings = lake.recover();

      if (step >= JOURNALLED && step < STEPS) {
        assertThat(endings).containsExactly(begun ? Ending.COMPLETED : Ending.NOT_BEGUN);
      } else {
        assertThat(endings).isEmpty();
      }
      assertThat(lake.isPresent(0, 0)).isEqualTo(begun);
      assertThat(lake.isPresent(1, 0)).isEqualTo(begun);
      lake.finish();
    }
  }

  @Test
  void anOvertakenAttemptMakesNothingVisibleThoughATableIsGoneThatKnewOfIt() {
    try (ModelLake lake = new ModelLake()) {
      lake.apply(new StoppedRun(0, BEGUN));
      lake.apply(new LateInput(0));
      lake.apply(new Run(0));
      lake.apply(new Drop(0));

      lake.apply(new Wake(0));

      assertThat(lake.isPresent(0, 0)).isFalse();
      lake.finish();
    }
  }

  @Test
  void anAttemptThatWasCompletedAndThenDeletedMissesItsFiles() {
    try (ModelLake lake = new ModelLake()) {
      lake.apply(new StoppedRun(0, SECOND_IS_READY));
      assertThat(lake.recover()).containsExactly(Ending.COMPLETED);
      lake.apply(new DeleteAll(1));
      lake.apply(new Vacuum());

      lake.apply(new Wake(0));

      lake.finish();
    }
  }

  @Test
  void anAttemptGoesOnWhenTheHistorySinceItBeganHasExpired() {
    try (ModelLake lake = new ModelLake()) {
      lake.apply(new StoppedRun(1, FIRST_IS_READY));
      lake.apply(new Run(0));
      lake.apply(new StoppedRun(0, FIRST_IS_READY));
      lake.apply(new StoppedRun(0, FIRST_IS_VISIBLE));
      lake.apply(new Expire(0));

      lake.apply(new Wake(0));

      lake.finish();
    }
  }

  /** What happens to a lake between an attempt's first commit and its second. */
  private record Meanwhile(Ending ending, String what, List<Operation> operations) {
    Meanwhile(Ending ending, String what, Operation... operations) {
      this(ending, what, List.of(operations));
    }
  }

  private static final List<Meanwhile> MEANWHILE =
      List.of(
          new Meanwhile(Ending.COMPLETED, "nothing"),
          new Meanwhile(Ending.GIVEN_UP, "DELETE of what is published", new Delete(0, 0)),
          new Meanwhile(Ending.GIVEN_UP, "DELETE of what is to be replaced", new Delete(1, 0)),
          new Meanwhile(
              Ending.COMPLETED, "DELETE of another day", new Delete(0, 1), new Delete(1, 1)),
          new Meanwhile(Ending.GIVEN_UP, "DELETE of all that is published", new DeleteAll(0)),
          new Meanwhile(Ending.GIVEN_UP, "DELETE of all before it is replaced", new DeleteAll(1)),
          new Meanwhile(Ending.GIVEN_UP, "RESTORE of what is published", new Restore(0, 1)),
          new Meanwhile(Ending.GIVEN_UP, "RESTORE of the day to be replaced", new Restore(1, 2)),
          new Meanwhile(
              Ending.COMPLETED,
              "RESTORE to the same rows of the day to be replaced",
              new Append(1, 1),
              new Restore(1, 1)),
          new Meanwhile(Ending.GIVEN_UP, "REPLACE of the published table", new Replace(0, 1)),
          new Meanwhile(Ending.GIVEN_UP, "REPLACE of the other table", new Replace(1, 1)),
          new Meanwhile(Ending.NOT_BEGUN, "the published table is dropped", new Drop(0)),
          new Meanwhile(Ending.GIVEN_UP, "the other table is dropped", new Drop(1)),
          new Meanwhile(
              Ending.NOT_BEGUN, "the published table is made anew", new DropAndCreate(0, 1)),
          new Meanwhile(Ending.GIVEN_UP, "the other table is made anew", new DropAndCreate(1, 1)),
          new Meanwhile(Ending.COMPLETED, "OPTIMIZE of both", new Optimize(0), new Optimize(1)),
          new Meanwhile(Ending.GIVEN_UP, "an append to what is published", new Append(0, 0)),
          new Meanwhile(Ending.GIVEN_UP, "an append to what is to be replaced", new Append(1, 0)),
          new Meanwhile(
              Ending.COMPLETED, "appends to another day", new Append(0, 1), new Append(1, 1)),
          new Meanwhile(Ending.GIVEN_UP, "what is published is overwritten", new Overwrite(0, 0)),
          new Meanwhile(
              Ending.GIVEN_UP, "what is to be replaced is overwritten", new Overwrite(1, 0)),
          new Meanwhile(
              Ending.COMPLETED, "history that nobody needs expires", new Expire(0), new Expire(1)),
          new Meanwhile(
              Ending.GIVEN_UP,
              "the history of the publication expires",
              new Append(0, 1),
              new Expire(0)),
          new Meanwhile(
              Ending.GIVEN_UP,
              "the history since the other table was read expires",
              new Append(1, 1),
              new Append(1, 1),
              new Expire(1)),
          new Meanwhile(Ending.COMPLETED, "a run of another day", new Run(1)),
          new Meanwhile(Ending.COMPLETED, "the run of another day is refused", new RefusedRun(1)),
          new Meanwhile(Ending.COMPLETED, "clean", new Clean()),
          new Meanwhile(Ending.GIVEN_UP, "VACUUM without retention", new Vacuum()),
          new Meanwhile(Ending.GIVEN_UP, "days", new DaysPass()));

  @TestFactory
  Stream<DynamicTest> recoveryCompletesWhatNobodyHasTouched() {
    return MEANWHILE.stream()
        .map(
            meanwhile ->
                DynamicTest.dynamicTest(
                    meanwhile.what() + ": " + meanwhile.ending(), () -> recoveredAfter(meanwhile)));
  }

  private static void recoveredAfter(Meanwhile meanwhile) {
    try (ModelLake lake = publishedInPart()) {
      meanwhile.operations().forEach(lake::apply);

      assertThat(lake.recover()).containsExactly(meanwhile.ending());

      lake.finish();
    }
  }

  /** The attempt itself, when it is still alive, replaces whatever others have done. */
  @TestFactory
  Stream<DynamicTest> anAttemptThatIsAliveGoesOn() {
    return MEANWHILE.stream()
        .map(meanwhile -> DynamicTest.dynamicTest(meanwhile.what(), () -> wokenAfter(meanwhile)));
  }

  private static void wokenAfter(Meanwhile meanwhile) {
    try (ModelLake lake = publishedInPart()) {
      meanwhile.operations().forEach(lake::apply);

      lake.apply(new Wake(0));

      lake.finish();
    }
  }

  private static ModelLake publishedInPart() {
    ModelLake lake = new ModelLake();
    List.of(
            new Run(0),
            new Run(1),
            new LateInput(0),
            new Run(0),
            new LateInput(0),
            new StoppedRun(0, BETWEEN_TWO_TABLES))
        .forEach(lake::apply);
    return lake;
  }
}
