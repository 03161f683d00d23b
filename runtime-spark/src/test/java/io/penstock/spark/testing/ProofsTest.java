package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ProofsTest {
  @Test
  void whatIsDrawnByChanceIsDrawnAgainWhateverElseWasDrawnBetween() {
    List<Long> drawn = drawn(Proofs.random("deaths"));
    drawn(Proofs.random("orders"));

    assertThat(drawn(Proofs.random("deaths"))).isEqualTo(drawn);
  }

  @Test
  void drawingsForTwoPurposesAreNotTheSame() {
    assertThat(drawn(Proofs.random("deaths"))).isNotEqualTo(drawn(Proofs.random("orders")));
  }

  private static List<Long> drawn(Random random) {
    return LongStream.generate(random::nextLong).limit(10).boxed().toList();
  }
}
