package io.penstock.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryLakeTest {
  @Test
  void itGoesWithAllItHolds() throws IOException {
    Path root = TemporaryLake.make("penstock-temporary-");
    Files.createDirectories(root.resolve("mart/sales/_delta_log"));
    Files.writeString(root.resolve("mart/sales/_delta_log/0.json"), "{}");

    TemporaryLake.delete(root);

    assertThat(root).doesNotExist();
  }
}
