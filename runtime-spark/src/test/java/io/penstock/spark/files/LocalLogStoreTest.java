package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalLogStoreTest {
  private static final int ROUNDS = 500;

  @TempDir private Path directory;
  private final Configuration settings = new Configuration();
  private LocalLogStore store;
  private org.apache.hadoop.fs.Path log;

  @BeforeEach
  void open() {
    store = new LocalLogStore(settings);
    log = new org.apache.hadoop.fs.Path(directory.resolve("_delta_log").toUri());
  }

  @Test
  void aVersionIsWrittenOnceAndWhole() throws IOException {
    write(version(0), "first", false);

    assertThatThrownBy(() -> write(version(0), "second", false))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(read(version(0))).containsExactly("first");
    assertThat(directory.resolve("_delta_log").toFile().list()).hasSize(1);
  }

  @Test
  void whatMayBeOverwrittenIs() throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(log, "_last_checkpoint");
    write(file, "old", true);
    write(file, "new", true);

    assertThat(read(file)).containsExactly("new");
  }

  @Test
  void ofTwoWritersOfAVersionOneIsToldThatItWon() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        org.apache.hadoop.fs.Path version = version(round);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (String writer : List.of("left", "right")) {
          attempts.add(
              threads.submit(
                  () -> {
                    together.await();
                    return wins(version, writer);
                  }));
        }
        boolean left = attempts.get(0).get();
        boolean right = attempts.get(1).get();
        assertThat(left ^ right).as("exactly one wins round " + round).isTrue();
        assertThat(read(version)).containsExactly(left ? "left" : "right");
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Delta asks, and writes checkpoints by a temporary name only if so. */
  @Test
  void partialWritesPastItWouldBeVisible() {
    assertThat(store.isPartialWriteVisible(log, settings)).isTrue();
  }

  private boolean wins(org.apache.hadoop.fs.Path version, String writer) throws IOException {
    try {
      write(version, writer, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void write(org.apache.hadoop.fs.Path path, String line, boolean overwrite)
      throws IOException {
    store.write(path, List.of(line).iterator(), overwrite, settings);
  }

  private List<String> read(org.apache.hadoop.fs.Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var read = store.read(path, settings)) {
      read.forEachRemaining(lines::add);
    }
    return lines;
  }

  private org.apache.hadoop.fs.Path version(int number) {
    return new org.apache.hadoop.fs.Path(log, "%020d.json".formatted(number));
  }
}
