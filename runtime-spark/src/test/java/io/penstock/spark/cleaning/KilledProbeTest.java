package io.penstock.spark.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.files.ConditionalWrites;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Journal;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.Steps;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.S3Server;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is killed while it probes whether a store honours conditions. */
@Tag("spark")
final class KilledProbeTest {
  @Test
  void itsFileIsCleanedUp() {
    try (S3Server server = new S3Server(S3Server.Conditions.HONOURED)) {
      Configuration dying = LakeFileSystem.configuration(server.options());
      dying.setClass("fs.s3a.impl", FailingDelete.class, S3AFileSystem.class);
      dying.setBoolean("fs.s3a.impl.disable.cache", true);
      LakeRoot root = LakeRoot.of(server.path("lake"), dying);
      assertThatThrownBy(() -> ConditionalWrites.require(root, dying))
          .hasMessageContaining("probe");
      assertThat(server.keys("lake/_penstock/")).hasSize(1);

      FoundLeftovers found = found(root, LakeFileSystem.configuration(server.options()));

      assertThat(found.leftovers()).extracting(Leftover::kind).containsExactly(Kind.TEMPORARY_FILE);
      found.remove();
      assertThat(server.keys("lake/_penstock/")).isEmpty();
    }
  }

  private static FoundLeftovers found(LakeRoot root, Configuration configuration) {
    return new Cleaner(
            root,
            configuration,
            publications(root, configuration),
            Instant.now().plus(Duration.ofDays(1)))
        .everywhere(List.of());
  }

  private static Publications publications(LakeRoot root, Configuration configuration) {
    return new Publications(
        (sink, entry) -> {
          throw new AssertionError("There are no outputs.");
        },
        new Journal(root, configuration, Map.of()),
        Steps.IGNORED,
        Clock.systemUTC());
  }

  /** Fails at the first deletion, like a process that is killed there. */
  public static final class FailingDelete extends S3AFileSystem {
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      throw new IOException("killed");
    }
  }
}
