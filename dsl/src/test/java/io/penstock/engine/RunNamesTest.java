package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunNamesTest {
  @Test
  void aRunIsCalledLikeAFile() {
    assertThat(RunNames.isRunId("20260301T031502417Z-8f3a60c1")).isTrue();
    assertThat(RunNames.isRunId("x".repeat(200))).isTrue();
  }

  @Test
  void nothingThatLeadsOutOfItsFolderIsARunsId() {
    for (String text : List.of("", ".", "..", "a/b", ".hidden", "_x", "-x", "a\nb", "a b", "é")) {
      assertThat(RunNames.isRunId(text)).as(text).isFalse();
    }
    assertThat(RunNames.isRunId("x".repeat(201))).isFalse();
  }
}
