package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("proof")
@OnEveryFileSystem
class EpochsTest {
  private static final int TAKERS = 4;
  private static final int EACH = Proofs.full() ? 100 : 8;

  private final LakeFileSystem fileSystem;
  private final Epochs epochs;
  @TempDir private java.nio.file.Path temporary;
  private Path directory;

  EpochsTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.epochs = new Epochs(fileSystem.configuration());
  }

  @BeforeEach
  void name() {
    directory = new Path(fileSystem.place(temporary), "epochs");
  }

  @Test
  void numbersGoOnAboveWhatIsRecordedElsewhere() {
    assertThat(epochs.next(directory, 41, "a".getBytes(UTF_8))).isEqualTo(42);
    assertThat(epochs.next(directory, 7, "b".getBytes(UTF_8))).isEqualTo(43);
  }

  @Test
  void countsFromOne() {
    assertThat(epochs.last(directory)).isZero();
    assertThat(epochs.next(directory, 0, "a".getBytes(UTF_8))).isEqualTo(1);
    assertThat(epochs.next(directory, 0, "b".getBytes(UTF_8))).isEqualTo(2);
    assertThat(epochs.last(directory)).isEqualTo(2);
  }

  @Test
  void recordsWhoTookANumber() throws IOException {
    long epoch = epochs.next(directory, 0, "run 7".getBytes(UTF_8));

    assertThat(fileSystem.text(Epochs.entry(directory, epoch))).isEqualTo("run 7");
  }

  @Test
  void goesOnAboveAGap() throws IOException {
    fileSystem.write(new Path(directory, NumberedEntries.name(41)), "");

    assertThat(epochs.next(directory, 0, "a".getBytes(UTF_8))).isEqualTo(42);
  }

  @Test
  void ignoresFilesThatAreNoEntries() throws IOException {
    for (String name : List.of(".DS_Store", "9999999999999999999.json", "17.json")) {
      fileSystem.write(new Path(directory, name), "");
    }

    assertThat(epochs.next(directory, 0, "a".getBytes(UTF_8))).isEqualTo(1);
  }

  @Test
  void neverHandsOutANumberTwice() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(TAKERS);
    try {
      List<Callable<List<Long>>> takers = new ArrayList<>();
      for (int taker = 0; taker < TAKERS; taker++) {
        int name = taker;
        takers.add(() -> take(name));
      }
      List<Long> taken = new ArrayList<>();
      List<Future<List<Long>>> outcomes = executor.invokeAll(takers);
      for (int taker = 0; taker < TAKERS; taker++) {
        List<Long> numbers = outcomes.get(taker).get();
        assertThat(numbers).isSorted();
        for (int count = 0; count < EACH; count++) {
          assertThat(fileSystem.text(Epochs.entry(directory, numbers.get(count))))
              .isEqualTo(taker + "-" + count);
        }
        taken.addAll(numbers);
      }
      assertThat(taken)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, (long) TAKERS * EACH).boxed().toList());
    } finally {
      executor.shutdownNow();
    }
    Proofs.tell(
        "%s: %s threads took %s numbers, none of them twice and none left out"
            .formatted(fileSystem.version(), TAKERS, TAKERS * EACH));
  }

  private List<Long> take(int taker) {
    List<Long> numbers = new ArrayList<>();
    for (int count = 0; count < EACH; count++) {
      numbers.add(epochs.next(directory, 0, (taker + "-" + count).getBytes(UTF_8)));
    }
    return numbers;
  }
}
