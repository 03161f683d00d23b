package io.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever meets a public type or method of the language finds a comment that says what it is. */
class PublicCommentsTest {
  @Test
  void everyPublicPartOfTheLanguageIsIntroduced() {
    assertThat(PublicComments.missingBelow(Path.of("src/main/java"))).isEmpty();
  }
}
