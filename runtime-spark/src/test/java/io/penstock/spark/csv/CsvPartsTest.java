package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CsvPartsTest {
  @Test
  void neighboursShareAPartUntilItIsFull() {
    assertThat(parts(100, 40, 60, 1, 99, 1, 100, 250, 3))
        .containsExactly(
            List.of(40L, 60L),
            List.of(1L, 99L),
            List.of(1L),
            List.of(100L),
            List.of(250L),
            List.of(3L));
  }

  @Test
  void withoutPiecesThereIsOnePart() {
    assertThat(parts(100)).containsExactly(List.of());
  }

  private static List<List<Long>> parts(long longest, long... bytes) {
    List<CsvPiece> pieces =
        LongStream.of(bytes).mapToObj(length -> new CsvPiece("piece", 1, length)).toList();
    return CsvParts.of(pieces, longest).stream()
        .map(part -> part.stream().map(CsvPiece::bytes).toList())
        .toList();
  }
}
