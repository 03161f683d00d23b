package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.files.LakeRoot;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RejectionsTest {
  @TempDir private Path lake;

  @Test
  void aDamagedNoteOfRefusedRowsIsToldWithWhatToDo() throws Exception {
    Path note = lake.resolve("_penstock/rejected/run-1.json");
    Files.createDirectories(note.getParent());
    Files.writeString(note, "[{");

    assertThatThrownBy(() -> rejections().of("run-1"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContainingAll(
            "Cannot read file:" + note + ", which names the rows that checks refused",
            "remove it and run the task again");
  }

  private Rejections rejections() {
    Configuration configuration = new Configuration();
    return new Rejections(LakeRoot.of(lake.toString(), configuration), configuration);
  }
}
