package io.penstock.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.PublicComments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever tests a job finds a comment on every public part of the test kit. */
class TestKitCommentsTest {
  @Test
  void everyPublicPartOfTheTestKitIsIntroduced() {
    assertThat(PublicComments.missingBelow(Path.of("src/main/java/io/penstock/jobs/testing")))
        .isEmpty();
  }
}
