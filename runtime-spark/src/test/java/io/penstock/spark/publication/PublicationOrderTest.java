package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.FailureKind;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.spark.files.LakeRoot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which outputs are published, and what stays in the journal, when one fails or the run stops. */
final class PublicationOrderTest {
  private static final JournalEntry ENTRY =
      new JournalEntry(
          new FencingScope("sales", "2026-03-01"),
          7,
          "run-7",
          Optional.empty(),
          Instant.EPOCH,
          List.of(),
          List.of(),
          List.of(),
          List.of());

  @TempDir private Path directory;
  private Journal journal;
  private final PublishGate gate = new PublishGate();
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void aJournal() {
    journal =
        new Journal(
            LakeRoot.of(directory.toUri().toString(), new Configuration()),
            new Configuration(),
            Map.of());
  }

  @Test
  void aStopBetweenTwoTriesOfTheFirstSinkEndsIt() {
    Publication publication =
        publication(sink("first", gate::stop, SinkPublication.Outcome.NOT_PUBLISHED));

    assertThatThrownBy(() -> publication.publish(gate))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.STOPPED));
    assertThat(publication.extent()).isEqualTo(Published.NONE);
  }

  @Test
  void aStopBehindTheFirstSinkLeavesNoneBehind() {
    Publication publication =
        publication(
            sink("first", () -> {}, SinkPublication.Outcome.PUBLISHED),
            sink("second", gate::stop, SinkPublication.Outcome.PUBLISHED));

    publication.publish(gate);

    assertThat(publication.extent()).isEqualTo(Published.ALL);
    assertThat(events).containsExactly("first published", "second published");
  }

  @Test
  void whatSpeaksAgainstALaterSinkStopsTheFirst() {
    Publication publication =
        publication(
            sink("first", () -> {}, SinkPublication.Outcome.UNKNOWN),
            opposed("second", "a later attempt has published"));

    assertThatThrownBy(() -> publication.publish(gate)).hasMessage("a later attempt has published");
    publication.settle();

    assertThat(events).isEmpty();
    assertThat(publication.extent()).isEqualTo(Published.NONE);
    assertThat(journal.read().entries()).isEmpty();
  }

  @Test
  void theJournalHoldsTheRunUntilItsOutcomeIsRecorded() {
    Publication publication =
        publication(sink("first", () -> {}, SinkPublication.Outcome.PUBLISHED));

    publication.publish(gate);
    assertThat(journal.read().entries()).containsExactly(ENTRY);
    publication.settle();
    assertThat(journal.read().entries()).isEmpty();
  }

  @Test
  void whatIsPublishedInPartStaysInTheJournal() {
    Publication publication =
        publication(
            sink("first", () -> {}, SinkPublication.Outcome.PUBLISHED),
            failing(SinkPublication.Outcome.NOT_PUBLISHED),
            sink("third", () -> {}, SinkPublication.Outcome.PUBLISHED));

    assertThatThrownBy(() -> publication.publish(gate)).hasMessage("the store is gone");
    publication.settle();

    assertThat(events).containsExactly("first published");
    assertThat(publication.extent()).isEqualTo(Published.PARTIAL);
    assertThat(journal.read().entries()).containsExactly(ENTRY);
  }

  @Test
  void whatIsNotPublishedAtAllIsForgotten() {
    Publication publication = publication(failing(SinkPublication.Outcome.NOT_PUBLISHED));

    assertThatThrownBy(() -> publication.publish(gate)).hasMessage("the store is gone");
    publication.settle();

    assertThat(publication.extent()).isEqualTo(Published.NONE);
    assertThat(journal.read().entries()).isEmpty();
  }

  @Test
  void whatMayBePublishedIsKept() {
    Publication publication = publication(failing(SinkPublication.Outcome.UNKNOWN));

    assertThatThrownBy(() -> publication.publish(gate)).hasMessage("the store is gone");
    publication.settle();

    assertThat(publication.extent()).isEqualTo(Published.UNKNOWN);
    assertThat(journal.read().entries()).containsExactly(ENTRY);
  }

  @Test
  void aPublicationWhoseAnswerWasLostCounts() {
    Publication publication = publication(failing(SinkPublication.Outcome.PUBLISHED));

    assertThatThrownBy(() -> publication.publish(gate)).hasMessage("the store is gone");

    assertThat(publication.extent()).isEqualTo(Published.ALL);
  }

  private Publication publication(SinkPublication... sinks) {
    return new Publication(ENTRY, List.of(sinks), () -> {}, journal, Steps.IGNORED);
  }

  private SinkPublication failing(SinkPublication.Outcome outcome) {
    return sink(
        "failing",
        () -> {
          throw new IllegalStateException("the store is gone");
        },
        outcome);
  }

  private SinkPublication opposed(String name, String reason) {
    return new RecordingSink(
        name, () -> {}, SinkPublication.Outcome.NOT_PUBLISHED, Optional.of(reason));
  }

  private SinkPublication sink(String name, Runnable firstTry, SinkPublication.Outcome outcome) {
    return new RecordingSink(name, firstTry, outcome, Optional.empty());
  }

  /** Tries twice: something happens in the first try, and the gate is asked before the second. */
  private final class RecordingSink implements SinkPublication {
    private final String name;
    private final Runnable firstTry;
    private final Outcome outcome;
    private final Optional<String> opposition;

    RecordingSink(String name, Runnable firstTry, Outcome outcome, Optional<String> opposition) {
      this.name = name;
      this.firstTry = firstTry;
      this.outcome = outcome;
      this.opposition = opposition;
    }

    @Override
    public void publish(Runnable asked, Steps steps) {
      asked.run();
      firstTry.run();
      asked.run();
      events.add(name + " published");
    }

    @Override
    public void requireUnopposed() {
      opposition.ifPresent(
          reason -> {
            throw new IllegalStateException(reason);
          });
    }

    @Override
    public Outcome outcomeOf(Exception failure) {
      return outcome;
    }

    @Override
    public void repair() {
      throw new UnsupportedOperationException("publishing doesn't ask for it");
    }

    @Override
    public void requirePublishable() {
      throw new UnsupportedOperationException("publishing doesn't ask for it");
    }

    @Override
    public void requireUntouched() {}

    @Override
    public Standing standing() {
      throw new UnsupportedOperationException("publishing doesn't ask for it");
    }

    @Override
    public RunReport.Output output() {
      return new RunReport.Output(
          name, "delta", "/lake/" + name, List.of(), 0, 0, 0, 0, OptionalLong.empty());
    }
  }
}
