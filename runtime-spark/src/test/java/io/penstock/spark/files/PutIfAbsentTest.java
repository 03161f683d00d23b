package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.Race;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("proof")
@OnEveryFileSystem
class PutIfAbsentTest {
  private static final int ROUNDS = Proofs.full() ? 1_000 : 30;
  private static final int WRITERS = 4;
  private static final int LINES = 2_000;

  private final LakeFileSystem fileSystem;
  private final PutIfAbsent putIfAbsent;
  @TempDir private java.nio.file.Path temporary;
  private Path directory;

  PutIfAbsentTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.putIfAbsent = new PutIfAbsent(fileSystem.configuration());
  }

  @BeforeEach
  void name() {
    directory = fileSystem.place(temporary);
  }

  @Test
  void theFirstWriterWinsAndTheSecondLeavesTheFileAlone() throws IOException {
    assertThat(putIfAbsent.put(path("new/folder/entry"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(path("new/folder/entry"), "two".getBytes(UTF_8))).isFalse();

    assertThat(fileSystem.text(path("new/folder/entry"))).isEqualTo("one");
    assertThat(fileSystem.names(path("new/folder"))).containsExactly("entry");
  }

  /** The response to the first request may get lost, on network file systems too. */
  @Test
  void aWriterThatFindsItsOwnContentWins() {
    putIfAbsent.put(path("own"), "one".getBytes(UTF_8));

    assertThat(putIfAbsent.put(path("own"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(path("own"), "two".getBytes(UTF_8))).isFalse();
  }

  @Test
  void oneOfManyWritersSucceedsAndNobodyReadsAPart() throws Exception {
    AtomicInteger current = new AtomicInteger();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> looks = reader.submit(() -> lookUntil(current));

      List<Integer> winners =
          Race.oneWinsEach(
              ROUNDS,
              WRITERS,
              (round, writer) -> {
                current.set(round);
                return putIfAbsent.put(entry(round), content(writer).getBytes(UTF_8));
              });

      current.set(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(fileSystem.text(entry(round))).isEqualTo(content(winners.get(round)));
      }
      assertThat(fileSystem.names(path("race"))).as("no temporary file stays").hasSize(ROUNDS);
      assertThat(looks.get()).as("looks that found a file").isPositive();
      Proofs.tell(
          "%s: one of %s writers put each of %s files; %s looks at them meanwhile, each at a whole"
              .formatted(fileSystem.version(), WRITERS, ROUNDS, looks.get()));
    } finally {
      reader.shutdownNow();
    }
  }

  /** Reads the file that is being created, until all are; how often it existed. */
  private int lookUntil(AtomicInteger current) throws IOException {
    LakeFiles files = LakeFiles.of(directory, fileSystem.configuration());
    int looks = 0;
    while (current.get() < ROUNDS) {
      Path entry = entry(current.get());
      if (files.exists(entry)) {
        String found = fileSystem.text(entry);
        assertThat(found)
            .isEqualTo(found.lines().findFirst().orElse("").concat("\n").repeat(LINES));
        looks++;
      }
    }
    return looks;
  }

  private static String content(int writer) {
    return "writer %s\n".formatted(writer).repeat(LINES);
  }

  private Path entry(int round) {
    return path("race/" + round);
  }

  private Path path(String name) {
    return new Path(directory, name);
  }
}
