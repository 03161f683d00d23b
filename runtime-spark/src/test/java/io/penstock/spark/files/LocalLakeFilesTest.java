package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantees of local disks alone. */
class LocalLakeFilesTest {
  @TempDir private Path directory;

  @Test
  void aReaderGoesOnReadingTheFileThatItOpened() throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("file:" + directory + "/file");
    LakeFiles files = LakeFiles.of(file, new Configuration(false));
    Files.writeString(directory.resolve("file"), "old");

    try (InputStream reader = files.open(file)) {
      files.replace(file, "new".getBytes(UTF_8));
      assertThat(directory.resolve("file")).hasContent("new");
      assertThat(reader.readAllBytes()).isEqualTo("old".getBytes(UTF_8));
    }
  }
}
