package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader that looks again and again while a day is published again and again. */
@Tag("proof")
final class PollingReaderTest {
  private static final String DAY = "2026-03-01";
  private static final int IN_ONE_LAKE = 50;

  @Test
  void neverFindsAbsentPartialOrMixedContent() throws Exception {
    int publications = Proofs.full() ? 2_000 : 100;
    long looked = 0;
    // A new lake now and then: the proof is of publications, not of a log that grows.
    for (int done = 0; done < publications; done += IN_ONE_LAKE) {
      looked += publishAndPoll();
    }
    assertThat(looked).isGreaterThan(publications / 10);
    Proofs.tell(
        "%s publications of a day while a reader looked %s times at two tables, the export and its stable path: never absent, partial or mixed"
            .formatted(publications, looked));
  }

  private static long publishAndPoll() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (ProofLake proof = new ProofLake()) {
      proof.publish("run-0", DAY, content(0));
      Future<Long> polls = reader.submit(() -> poll(proof.lake(), over));
      for (int i = 1; i <= IN_ONE_LAKE; i++) {
        proof.publish("run-" + i, DAY, content(i));
      }
      over.set(true);
      long looked = polls.get(1, TimeUnit.MINUTES);
      proof.assertHolds(DAY, content(IN_ONE_LAKE));
      return looked;
    } finally {
      reader.shutdownNow();
    }
  }

  /** Contents of different lengths, so that a mixture has the wrong one. */
  private static Content content(int number) {
    return new Content("c" + number, number % 7 + 1);
  }

  private static long poll(PlainLake lake, AtomicBoolean over) {
    long looked = 0;
    while (!over.get()) {
      for (String table : PlainLake.TABLES) {
        requireWhole(lake.inTable(table, DAY));
      }
      requireWhole(lake.inExport(DAY));
      requireWhole(lake.inStablePath(DAY));
      looked++;
    }
    return looked;
  }

  /** Content that is a part or a mixture has been refused before. */
  private static void requireWhole(Optional<Content> content) {
    assertThat(content).isPresent();
  }
}
