package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.HDFSLogStore;
import io.delta.storage.LogStore;
import io.penstock.spark.testing.Proofs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes commit the same version of a table at the same moment, again and again. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VersionRaceTest {
  private static final int VERSIONS = Proofs.full() ? 100_000 : 2_000;

  @TempDir private Path directory;

  @Test
  void exactlyOneProcessIsToldThatItCommitted() throws Exception {
    Wins wins = race(LocalLogStore.class, VERSIONS);

    Proofs.tell(LocalLogStore.class.getSimpleName() + ": " + wins);
    assertThat(wins.both()).as("versions committed twice").isZero();
    assertThat(wins.none()).as("versions committed by nobody").isZero();
    for (int version = 0; version < VERSIONS; version++) {
      int winner = wins.first().get(version) ? 0 : 1;
      assertThat(VersionRacer.version(directory, version)).hasContent("written by " + winner);
    }
  }

  /** Why the engine brings a store of its own. How often it happens differs from run to run. */
  @Test
  @Tag(Proofs.FULL)
  void theStockStoreLosesCommits() throws Exception {
    Wins wins = race(HDFSLogStore.class, 3_000);

    Proofs.tell(HDFSLogStore.class.getSimpleName() + ": " + wins);
    assertThat(wins.both()).as("versions committed twice").isPositive();
  }

  /** What each of the two was told. */
  private record Wins(int rounds, BitSet first, BitSet second) {
    int both() {
      BitSet both = (BitSet) first.clone();
      both.and(second);
      return both.cardinality();
    }

    int none() {
      BitSet any = (BitSet) first.clone();
      any.or(second);
      return rounds - any.cardinality();
    }

    @Override
    public String toString() {
      return "%d versions: %d won by the first process, %d by the second, %d by both, %d by none"
          .formatted(
              rounds, first.cardinality() - both(), second.cardinality() - both(), both(), none());
    }
  }

  private Wins race(Class<? extends LogStore> store, int rounds) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            VersionRacer.class.getName(),
            store.getName(),
            directory.toString(),
            Integer.toString(rounds),
            "1");
    Path said = directory.resolve("said");
    Process other = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      BitSet first = new VersionRacer(store, directory, 0).race(rounds);
      assertThat(other.waitFor()).as(Files.readString(said)).isZero();
      return new Wins(
          rounds, first, BitSet.valueOf(Files.readAllBytes(VersionRacer.wins(directory, 1))));
    } finally {
      other.destroyForcibly();
    }
  }
}
