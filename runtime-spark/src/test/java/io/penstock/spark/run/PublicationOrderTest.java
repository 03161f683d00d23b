package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.plan.Write;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which sinks are published and which are given up when one of them fails, or the run stops. */
final class PublicationOrderTest {
  private final PublishGate gate = new PublishGate();
  private final List<String> events = new ArrayList<>();

  @Test
  void aStopBetweenTwoTriesOfTheFirstSinkEndsIt() {
    Publication publication =
        new Publication(List.of(sink("first", gate::stop, PreparedSink.Outcome.NOT_PUBLISHED)));

    assertThatThrownBy(() -> publication.publish(gate))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.STOPPED));
    assertThat(publication.extent()).isEqualTo(Published.NONE);
  }

  @Test
  void aStopBehindTheFirstSinkLeavesNoneBehind() {
    Publication publication =
        new Publication(
            List.of(
                sink("first", () -> {}, PreparedSink.Outcome.PUBLISHED),
                sink("second", gate::stop, PreparedSink.Outcome.PUBLISHED)));

    publication.publish(gate);

    assertThat(publication.extent()).isEqualTo(Published.ALL);
    assertThat(events).containsExactly("first published", "second published");
  }

  @Test
  void whatIsNotPublishedIsGivenUp() {
    assertThat(discardedWhenTheSecondOfThreeFails(PreparedSink.Outcome.NOT_PUBLISHED))
        .containsExactly("first published", "second discarded", "third discarded");
  }

  @Test
  void whatMayBePublishedIsKept() {
    assertThat(discardedWhenTheSecondOfThreeFails(PreparedSink.Outcome.UNKNOWN))
        .containsExactly("first published", "third discarded");
    events.clear();
    assertThat(discardedWhenTheSecondOfThreeFails(PreparedSink.Outcome.PUBLISHED))
        .containsExactly("first published", "third discarded");
  }

  private List<String> discardedWhenTheSecondOfThreeFails(PreparedSink.Outcome outcome) {
    IllegalStateException failure = new IllegalStateException("the store is gone");
    Runnable failing =
        () -> {
          throw failure;
        };
    Publication publication =
        new Publication(
            List.of(
                sink("first", () -> {}, PreparedSink.Outcome.PUBLISHED),
                sink("second", failing, outcome),
                sink("third", () -> {}, PreparedSink.Outcome.PUBLISHED)));
    assertThatThrownBy(() -> publication.publish(gate)).isSameAs(failure);
    publication.discardRest(failure);
    return List.copyOf(events);
  }

  private PreparedSink sink(String name, Runnable firstTry, PreparedSink.Outcome outcome) {
    return new RecordingSink(name, firstTry, outcome);
  }

  /** Tries twice: something happens in the first try, and the gate is asked before the second. */
  private final class RecordingSink implements PreparedSink {
    private final String name;
    private final Runnable firstTry;
    private final Outcome outcome;

    RecordingSink(String name, Runnable firstTry, Outcome outcome) {
      this.name = name;
      this.firstTry = firstTry;
      this.outcome = outcome;
    }

    @Override
    public void publish(Runnable asked) {
      asked.run();
      firstTry.run();
      asked.run();
      events.add(name + " published");
    }

    @Override
    public Outcome outcomeOf(Exception failure) {
      return outcome;
    }

    @Override
    public void discard() {
      events.add(name + " discarded");
    }

    @Override
    public Write write() {
      throw unasked();
    }

    @Override
    public Dataset<Row> written() {
      throw unasked();
    }

    @Override
    public RunReport.Output report() {
      throw unasked();
    }

    @Override
    public RejectedOutput rejected() {
      throw unasked();
    }

    private UnsupportedOperationException unasked() {
      return new UnsupportedOperationException("publishing doesn't ask for it");
    }
  }
}
