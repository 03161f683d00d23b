package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.LogStore;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.publication.PlainLake.Checks;
import io.penstock.spark.publication.PlainLake.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A {@link PlainLake} of a proof, in memory where the system has such a place, and what it holds.
 */
final class ProofLake implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path root;
  private final PlainLake lake;
  private final List<SteppedAttempt> attempts = new ArrayList<>();

  ProofLake() {
    this(new LocalLogStore(new Configuration(false)));
  }

  ProofLake(LogStore store) {
    this(store, Clock.systemUTC());
  }

  ProofLake(LogStore store, Clock clock) {
    this(store, clock, PlainLake.TABLES);
  }

  private ProofLake(LogStore store, Clock clock, List<String> tables) {
    try {
      root =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "penstock-proof-")
              : Files.createTempDirectory("penstock-proof-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lake = new PlainLake(root, store, clock, tables);
  }

  /** One whose attempts write one table and the export. */
  static ProofLake ofOneTable() {
    return new ProofLake(
        new LocalLogStore(new Configuration(false)),
        Clock.systemUTC(),
        PlainLake.TABLES.subList(0, 1));
  }

  PlainLake lake() {
    return lake;
  }

  Path root() {
    return root;
  }

  /** Publishes without anything in the way. */
  void publish(String runId, String day, Content content) {
    lake.run(runId, day, content, Checks.PASS, Steps.IGNORED);
  }

  /** An attempt that goes step by step. */
  SteppedAttempt attempt(String runId, String day, Content content) {
    return attempt(runId, day, content, Steps.IGNORED);
  }

  /**
   * An attempt that goes step by step.
   *
   * @param told of each step as it is reached
   */
  SteppedAttempt attempt(String runId, String day, Content content, Steps told) {
    SteppedAttempt attempt =
        new SteppedAttempt(
            steps ->
                lake.run(
                    runId,
                    day,
                    content,
                    Checks.PASS,
                    (step, subject) -> {
                      told.reached(step, subject);
                      steps.reached(step, subject);
                    }));
    attempts.add(attempt);
    return attempt;
  }

  /** What each sink holds for a day, the tables before the export. */
  List<Optional<Content>> held(String day) {
    List<Optional<Content>> held = new ArrayList<>();
    lake.tables().forEach(table -> held.add(lake.inTable(table, day)));
    held.add(lake.inExport(day));
    return held;
  }

  /** Every sink holds exactly this, and so does the stable path; nothing is left to complete. */
  void assertHolds(String day, Content content) {
    Optional<Content> expected = content.lines() == 0 ? Optional.empty() : Optional.of(content);
    assertThat(held(day)).containsOnly(expected);
    assertThat(lake.inStablePath(day)).isEqualTo(expected);
  }

  /** No commit is in the history of a table twice. */
  void assertNothingDoubled() {
    for (String table : lake.tables()) {
      assertThat(lake.table(table).stamps()).doesNotHaveDuplicates();
    }
  }

  @Override
  public void close() {
    attempts.forEach(SteppedAttempt::close);
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
