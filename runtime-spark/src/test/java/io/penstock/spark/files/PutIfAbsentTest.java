package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutIfAbsentTest {
  @TempDir private java.nio.file.Path directory;
  private final PutIfAbsent putIfAbsent = new PutIfAbsent(new Configuration(false));

  @Test
  void theFirstWriterWinsAndTheSecondLeavesTheFileAlone() throws IOException {
    assertThat(putIfAbsent.put(file("new/entry"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(file("new/entry"), "two".getBytes(UTF_8))).isFalse();

    assertThat(directory.resolve("new/entry")).hasContent("one");
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    putIfAbsent.put(file("entry"), "one".getBytes(UTF_8));
    putIfAbsent.put(file("entry"), "two".getBytes(UTF_8));

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("entry"));
    }
  }

  @Test
  void exactlyOneOfManyThreadsWins() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 100; round++) {
        Path entry = file("race-" + round);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < threads; writer++) {
          byte[] content = ("writer " + writer).getBytes(UTF_8);
          writers.add(
              () -> {
                start.await();
                return putIfAbsent.put(entry, content);
              });
        }
        List<Integer> winners = new ArrayList<>();
        List<Future<Boolean>> outcomes = executor.invokeAll(writers);
        for (int writer = 0; writer < threads; writer++) {
          if (outcomes.get(writer).get()) {
            winners.add(writer);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(directory.resolve("race-" + round)).hasContent("writer " + winners.get(0));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abfss://c@account.dfs.core.windows.net/x", "gs://bucket/x", "ftp://host/x"})
  void refusesFileSystemsThatItKnowsNothingAbout(String path) {
    assertThatThrownBy(() -> putIfAbsent.put(new Path(path), new byte[0]))
        .isInstanceOf(UnusableLakeException.class)
        .hasMessageContaining("keeps two writers apart")
        .hasMessageContaining("Use a lake on file, hdfs or s3a");
  }

  @Test
  void refusesPathsWithoutAScheme() {
    assertThatThrownBy(() -> putIfAbsent.put(new Path("/x"), new byte[0]))
        .isInstanceOf(UnusableLakeException.class);
  }

  private Path file(String name) {
    return new Path("file:" + directory + "/" + name);
  }
}
