package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilePackingTest {
  private static final long MEGABYTE = 1L << 20;

  @Test
  void manySmallFilesShareATask() {
    assertThat(FilePacking.pack(files(3, 100), 8))
        .singleElement()
        .satisfies(g -> assertThat(g).hasSize(3));
  }

  @Test
  void noMoreTasksThanCores() {
    assertThat(FilePacking.pack(files(100, 100 * MEGABYTE), 8))
        .hasSize(8)
        .allSatisfy(group -> assertThat(group).hasSizeBetween(12, 13));
  }

  @Test
  void aLargeFileHasATaskOfItsOwn() {
    List<InputFile> files =
        List.of(
            InputFile.of("small-1", MEGABYTE),
            InputFile.of("large", 100 * MEGABYTE),
            InputFile.of("small-2", MEGABYTE));

    assertThat(FilePacking.pack(files, 2)).contains(List.of(files.get(1)));
  }

  @Test
  void everyFileIsReadOnce() {
    List<InputFile> files = files(57, 3 * MEGABYTE);

    assertThat(FilePacking.pack(files, 4).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(files);
  }

  private static List<InputFile> files(int count, long length) {
    return IntStream.range(0, count).mapToObj(i -> InputFile.of("f" + i, length)).toList();
  }
}
