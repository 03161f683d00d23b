package io.penstock.spark.files;

import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownFileSystemsTest {
  private final PutIfAbsent putIfAbsent = new PutIfAbsent(new Configuration(false));

  @ParameterizedTest
  @ValueSource(
      strings = {"abfss://c@account.dfs.core.windows.net/x", "gs://bucket/x", "ftp://host/x"})
  void areRefused(String path) {
    assertThatThrownBy(() -> putIfAbsent.put(new Path(path), new byte[0]))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("UNUSABLE_LAKE"))
        .hasMessageContaining("keeps two writers apart")
        .hasMessageContaining("Use a lake on file, hdfs or s3a");
  }

  @Test
  void areThoseOfPathsWithoutAScheme() {
    assertThatThrownBy(() -> putIfAbsent.put(new Path("/x"), new byte[0]))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("UNUSABLE_LAKE"));
  }
}
