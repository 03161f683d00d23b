package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsTest {
  @TempDir private java.nio.file.Path temporary;
  private final Epochs epochs = new Epochs(new Configuration(false));
  private Path directory;

  @BeforeEach
  void nameDirectory() {
    directory = new Path("file:" + temporary + "/epochs");
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
  void recordsWhoTookANumber() {
    long epoch = epochs.next(directory, 0, "run 7".getBytes(UTF_8));

    assertThat(LakeFiles.local(Epochs.entry(directory, epoch))).hasContent("run 7");
  }

  @Test
  void goesOnAboveAGap() throws IOException {
    Files.createDirectories(temporary.resolve("epochs"));
    Files.createFile(temporary.resolve("epochs").resolve(NumberedEntries.name(41)));

    assertThat(epochs.next(directory, 0, "a".getBytes(UTF_8))).isEqualTo(42);
  }

  @Test
  void ignoresFilesThatAreNoEntries() throws IOException {
    Files.createDirectories(temporary.resolve("epochs"));
    for (String name : List.of(".DS_Store", "9999999999999999999.json", "17.json")) {
      Files.createFile(temporary.resolve("epochs").resolve(name));
    }

    assertThat(epochs.next(directory, 0, "a".getBytes(UTF_8))).isEqualTo(1);
  }

  @Test
  void neverHandsOutANumberTwiceToEightThreads() throws Exception {
    int threads = 8;
    int each = 200;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<List<Long>>> takers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int name = thread;
        takers.add(() -> take(name, each));
      }
      List<Long> taken = new ArrayList<>();
      for (Future<List<Long>> future : executor.invokeAll(takers)) {
        assertThat(future.get()).isSorted();
        taken.addAll(future.get());
      }
      assertThat(taken)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, (long) threads * each).boxed().toList());
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Long> take(int thread, int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(epochs.next(directory, 0, (thread + "-" + i).getBytes(UTF_8)));
    }
    return numbers;
  }
}
