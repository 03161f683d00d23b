package io.penstock.spark.files;

import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.S3Server;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ConditionalWritesTest {
  @Test
  void aStoreThatHonoursTheConditionIsProbedOnceAndLeftAsItWas() {
    try (S3Server server = new S3Server(S3Server.Conditions.HONOURED)) {
      Configuration configuration = LakeFileSystem.configuration(server.options());
      LakeRoot root = root(server, configuration);

      ConditionalWrites.require(root, configuration);
      long requests = server.requests();
      ConditionalWrites.require(root, configuration);

      assertThat(requests).isPositive();
      assertThat(server.requests()).isEqualTo(requests);
      assertThat(server.keys("lake/_penstock/.probe")).isEmpty();
    }
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefusedUnlessThereIsOneWriter() {
    try (S3Server server = new S3Server(S3Server.Conditions.IGNORED)) {
      Configuration configuration = LakeFileSystem.configuration(server.options());
      LakeRoot root = root(server, configuration);

      for (int time = 1; time <= 2; time++) {
        assertThatThrownBy(() -> ConditionalWrites.require(root, configuration))
            .isInstanceOf(RunFailedException.class)
            .satisfies(isFailure("UNUSABLE_LAKE"))
            .hasMessage(
                "Cannot publish to the lake %s: its store ignores the condition of a conditional write (If-None-Match), so that two writers of one version both succeed and one version is silently lost. Put the lake on a store that honours it, as Amazon S3 does; or set --conf spark.penstock.onlyWriter=true if nobody else writes to this lake."
                    .formatted(root.path()));
      }
      assertThat(server.keys("lake/_penstock/.probe")).isEmpty();
      configuration.setBoolean(LogStores.ONLY_WRITER, true);
      ConditionalWrites.require(root, configuration);
    }
  }

  @Test
  void aStoreWithoutConditionalWritesIsRefused() {
    try (S3Server server = new S3Server(S3Server.Conditions.NOT_IMPLEMENTED)) {
      Configuration configuration = LakeFileSystem.configuration(server.options());

      assertThatThrownBy(
              () -> ConditionalWrites.require(root(server, configuration), configuration))
          .isInstanceOf(RunFailedException.class)
          .satisfies(isFailure("UNUSABLE_LAKE"))
          .hasMessageContaining("its store doesn't support conditional writes");
      assertThat(server.keys("")).noneMatch(key -> key.contains("probe"));
    }
  }

  @Test
  void aStoreWithoutConditionalWritesIsRefusedForAnOnlyWriterToo() {
    try (S3Server server = new S3Server(S3Server.Conditions.NOT_IMPLEMENTED)) {
      Configuration configuration = LakeFileSystem.configuration(server.options());
      configuration.setBoolean(LogStores.ONLY_WRITER, true);
      LakeRoot root = root(server, configuration);
      ConditionalWrites.require(root, configuration);

      assertThatThrownBy(
              () ->
                  new Epochs(configuration)
                      .next(root.resolve("_penstock/epochs/x/all"), 0, "run".getBytes(UTF_8)))
          .isInstanceOf(RunFailedException.class)
          .satisfies(isFailure("UNUSABLE_LAKE"))
          .hasMessageContaining("--conf spark.penstock.onlyWriter=true doesn't help");
    }
  }

  @Test
  void otherFileSystemsAreNotProbed() {
    Configuration none = new Configuration(false);

    ConditionalWrites.require(new LakeRoot(new Path("hdfs://nowhere/lake")), none);
    ConditionalWrites.require(new LakeRoot(new Path("file:/nowhere/lake")), none);
  }

  private static LakeRoot root(S3Server server, Configuration configuration) {
    return LakeRoot.of(server.path("lake"), configuration);
  }
}
