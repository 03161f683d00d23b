package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.CloseableIterator;
import io.delta.storage.HDFSLogStore;
import io.delta.storage.LogStore;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes commit the same version of a table at the same moment, again and again. */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VersionRaceTest {
  @TempDir private Path directory;

  @Test
  void onALocalDiskExactlyOneProcessCommits() throws Exception {
    URI log = Files.createDirectory(directory.resolve("_delta_log")).toUri();
    Race race = new Race(LocalLogStore.class, Map.of(), log);

    assertOneWinsEach(race, race.run(Proofs.full() ? 100_000 : 2_000));
  }

  @Test
  @Tag(Proofs.FULL)
  void onAnObjectStoreExactlyOneProcessCommits() throws Exception {
    try (S3Server server = new S3Server(S3Server.Conditions.HONOURED)) {
      URI log = URI.create(server.path("table/_delta_log"));
      Race race = new Race(S3ALogStore.class, server.options(), log);

      assertOneWinsEach(race, race.run(100_000));
    }
  }

  /** On HDFS the engine relies on Delta's own store. */
  @Test
  @Tag(Proofs.FULL)
  void onHdfsExactlyOneProcessCommits() throws Exception {
    org.apache.hadoop.fs.Path log =
        new org.apache.hadoop.fs.Path(LakeFileSystem.HDFS.place(directory), "_delta_log");
    log.getFileSystem(LakeFileSystem.HDFS.configuration()).mkdirs(log);
    Race race = new Race(HDFSLogStore.class, LakeFileSystem.HDFS.options(), log.toUri());

    assertOneWinsEach(race, race.run(5_000));
  }

  /** The reason for a log store of our own. The number of lost commits differs from run to run. */
  @Test
  @Tag(Proofs.FULL)
  void theDefaultStoreLosesCommits() throws Exception {
    URI log = Files.createDirectory(directory.resolve("_delta_log")).toUri();

    Wins wins = new Race(HDFSLogStore.class, Map.of(), log).run(3_000);

    assertThat(wins.both()).as("versions committed twice").isPositive();
  }

  private static void assertOneWinsEach(Race race, Wins wins) throws IOException {
    assertThat(wins.both()).as("versions committed twice").isZero();
    assertThat(wins.none()).as("versions committed by nobody").isZero();
    for (int version = 0; version < wins.versions(); version++) {
      assertThat(race.read(version))
          .containsExactly(VersionRacer.line(wins.first().get(version) ? 0 : 1));
    }
  }

  /** The versions that each of the two processes committed, as far as it was told. */
  private record Wins(int versions, BitSet first, BitSet second) {
    int both() {
      BitSet both = (BitSet) first.clone();
      both.and(second);
      return both.cardinality();
    }

    int none() {
      BitSet any = (BitSet) first.clone();
      any.or(second);
      return versions - any.cardinality();
    }

    @Override
    public String toString() {
      return "%s versions: %s won by the first process, %s by the second, %s by both, %s by none"
          .formatted(
              versions,
              first.cardinality() - both(),
              second.cardinality() - both(),
              both(),
              none());
    }
  }

  /** Runs the first process here, and starts the second. */
  private final class Race {
    private final Class<? extends LogStore> store;
    private final Map<String, String> options;
    private final Configuration settings;
    private final URI log;

    Race(Class<? extends LogStore> store, Map<String, String> options, URI log) {
      this.store = store;
      this.options = options;
      this.settings = LakeFileSystem.configuration(options);
      this.log = log;
    }

    Wins run(int versions) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(VersionRacer.class.getName(), store.getName(), log.toString()));
      command.addAll(List.of(directory.toString(), Integer.toString(versions), "1"));
      options.forEach((key, value) -> command.addAll(List.of(key, value)));
      Path output = directory.resolve("output");
      Process other =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        BitSet first = new VersionRacer(store, settings, log, directory, 0).race(versions);
        assertThat(other.waitFor()).as(Files.readString(output)).isZero();
        BitSet second = BitSet.valueOf(Files.readAllBytes(VersionRacer.wins(directory, 1)));
        Wins wins = new Wins(versions, first, second);
        Proofs.tell(store.getSimpleName() + ": " + wins);
        return wins;
      } finally {
        other.destroyForcibly();
      }
    }

    List<String> read(int version) throws IOException {
      List<String> lines = new ArrayList<>();
      try (CloseableIterator<String> read =
          new LocalLogStore(settings).read(VersionRacer.version(log, version), settings)) {
        read.forEachRemaining(lines::add);
      }
      return lines;
    }
  }
}
