package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
@OnEveryFileSystem
class AtomicWriteTest {
  private final LakeFileSystem kind;
  @TempDir private java.nio.file.Path temporary;
  private FileSystem fileSystem;
  private Path file;

  AtomicWriteTest(LakeFileSystem kind) {
    this.kind = kind;
  }

  @BeforeEach
  void name() throws IOException {
    file = new Path(kind.place(temporary), "file");
    fileSystem = file.getFileSystem(kind.configuration());
  }

  @Test
  void aCompleteContentIsWritten() throws IOException {
    write(out -> out.write("whole".getBytes(UTF_8)));

    assertThat(kind.text(file)).isEqualTo("whole");
  }

  @Test
  void aContentThatFailsMidwayLeavesNoFile() throws IOException {
    AtomicWrite.Content breaking =
        out -> {
          out.write("half".getBytes(UTF_8));
          throw new IOException("the other half can't be read");
        };

    assertThatThrownBy(() -> write(breaking)).hasMessage("the other half can't be read");

    assertThat(fileSystem.exists(file)).isFalse();
  }

  private void write(AtomicWrite.Content content) throws IOException {
    AtomicWrite.write(fileSystem, file, fileSystem.create(file, true), content);
  }
}
