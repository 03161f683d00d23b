package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFilesTest {
  @TempDir private java.nio.file.Path directory;
  private LakeFiles files;

  @BeforeEach
  void open() {
    files = LakeFiles.of(path("x"), new Configuration(false));
  }

  @Test
  void createsAFileOnceWithItsDirectories() throws IOException {
    write("a/b/c", "one");

    assertThat(directory.resolve("a/b/c")).hasContent("one");
    assertThat(files.length(path("a/b/c"))).hasValue(3);
    assertThatThrownBy(() -> files.create(path("a/b/c")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot create file:" + directory + "/a/b/c");
  }

  @Test
  void aSmallFileTakesThePlaceOfTheOldOne() {
    files.replace(path("runs/a"), "one".getBytes(UTF_8));
    files.replace(path("runs/a"), "two".getBytes(UTF_8));

    assertThat(directory.resolve("runs/a")).hasContent("two");
    assertThat(files.list(path("runs"))).extracting(LakeFiles.Entry::name).containsExactly("a");
  }

  @Test
  void aSmallFileThatCannotTakeItsPlaceLeavesNothing() throws IOException {
    write("runs/a/file", "one");

    assertThatThrownBy(() -> files.replace(path("runs/a"), "two".getBytes(UTF_8)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory + "/runs/a");
    assertThat(files.list(path("runs"))).extracting(LakeFiles.Entry::name).containsExactly("a");
  }

  @Test
  void aReplacementShowsTheOldFileUntilItIsCommitted() throws IOException {
    write("old", "old");
    write("new", "new");

    try (LakeFiles.Replacement replacement = files.prepareReplacement(path("new"), path("old"));
        InputStream reader = files.open(path("old"))) {
      assertThat(directory.resolve("old")).hasContent("old");
      replacement.commit();
      assertThat(directory.resolve("old")).hasContent("new");
      assertThat(reader.readAllBytes()).isEqualTo("old".getBytes(UTF_8));
    }
    assertThat(files.list(path("")))
        .extracting(LakeFiles.Entry::name)
        .containsExactly("new", "old");
  }

  @Test
  void aReplacementThatIsNotCommittedLeavesNothing() throws IOException {
    write("new", "new");

    files.prepareReplacement(path("new"), path("stable/file")).close();

    assertThat(files.list(path("stable"))).isEmpty();
  }

  @Test
  void missingThingsAreEmptyAndDeletingThemIsFine() {
    assertThat(files.length(path("nothing"))).isEmpty();
    assertThat(files.list(path("nothing"))).isEmpty();
    assertThat(files.exists(path("nothing"))).isFalse();
    files.delete(path("nothing"));
  }

  @Test
  void deletesTrees() throws IOException {
    write("tree/a/b", "x");

    files.delete(path("tree"));

    assertThat(Files.exists(directory.resolve("tree"))).isFalse();
  }

  private void write(String name, String content) throws IOException {
    try (OutputStream out = files.create(path(name))) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private Path path(String name) {
    return new Path("file:" + directory + "/" + name);
  }
}
