package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations on a file system that is reached through Hadoop. */
class DistributedFilesTest {
  private final Configuration configuration = HdfsOnLocalDisk.configuration();
  private final PutIfAbsent putIfAbsent = new PutIfAbsent(configuration);

  @TempDir private java.nio.file.Path directory;

  @Test
  void theFirstWriterWinsAndLeavesNoTemporaryFile() {
    assertThat(putIfAbsent.put(path("new/entry"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(path("new/entry"), "two".getBytes(UTF_8))).isFalse();

    assertThat(directory.resolve("new/entry")).hasContent("one");
    assertThat(files().list(path("new"))).containsExactly(new LakeFiles.Entry("entry", false));
  }

  @Test
  void aWriterThatFindsItsOwnContentHasWon() {
    putIfAbsent.put(path("entry"), "one".getBytes(UTF_8));

    assertThat(putIfAbsent.put(path("entry"), "one".getBytes(UTF_8))).isTrue();
  }

  @Test
  void handsOutEpochs() {
    Epochs epochs = new Epochs(configuration);

    assertThat(epochs.next(path("epochs"), 0, "a".getBytes(UTF_8))).isEqualTo(1);
    assertThat(epochs.next(path("epochs"), 0, "b".getBytes(UTF_8))).isEqualTo(2);
  }

  @Test
  void replacesAFileByARename() throws IOException {
    write("old", "old");
    write("new", "new");

    try (LakeFiles.Replacement replacement = files().prepareReplacement(path("new"), path("old"))) {
      assertThat(directory.resolve("old")).hasContent("old");
      replacement.commit();
    }
    assertThat(directory.resolve("old")).hasContent("new");
    assertThat(files().list(path("")))
        .extracting(LakeFiles.Entry::name)
        .containsExactly("new", "old");
  }

  @Test
  void aSmallFileTakesThePlaceOfTheOldOne() {
    files().replace(path("runs/a"), "one".getBytes(UTF_8));
    files().replace(path("runs/a"), "two".getBytes(UTF_8));

    assertThat(directory.resolve("runs/a")).hasContent("two");
    assertThat(files().list(path("runs"))).extracting(LakeFiles.Entry::name).containsExactly("a");
  }

  @Test
  void createsAFileOnce() throws IOException {
    write("a/b", "one");

    assertThat(files().length(path("a/b"))).hasValue(3);
    assertThat(files().length(path("a"))).isEmpty();
    assertThatThrownBy(() -> files().create(path("a/b")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot create hdfs://local" + directory + "/a/b");
  }

  @Test
  void missingThingsAreEmptyAndDeletingThemIsFine() {
    assertThat(files().length(path("nothing"))).isEmpty();
    assertThat(files().list(path("nothing"))).isEmpty();
    assertThat(files().exists(path("nothing"))).isFalse();
    files().delete(path("nothing"));
  }

  private LakeFiles files() {
    return LakeFiles.of(path(""), configuration);
  }

  private void write(String name, String content) throws IOException {
    try (OutputStream out = files().create(path(name))) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private Path path(String name) {
    return new Path("hdfs://local" + directory + "/" + name);
  }
}
