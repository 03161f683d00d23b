package io.penstock.spark.landed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells which files are listed, and whether they have changed since. */
@Tag("spark")
@OnEveryFileSystem
class PinnedFilesTest {
  private final Configuration configuration;
  private final LakeFileSystem kind;
  @TempDir private java.nio.file.Path temporary;
  private LakeRoot root;
  private FileSystem files;

  PinnedFilesTest(LakeFileSystem kind) {
    this.kind = kind;
    this.configuration = kind.configuration();
  }

  @BeforeEach
  void arrive() throws IOException {
    root = LakeRoot.of(kind.place(temporary).toString(), configuration);
    files = root.path().getFileSystem(configuration);
    write("in/a.csv", "one");
    write("in/sub/b.csv", "two");
    // Old times, because two writes within a millisecond could not be distinguished.
    files.setTimes(path("in/a.csv"), 1_700_000_000_000L, -1);
    files.setTimes(path("in/sub/b.csv"), 1_700_000_000_000L, -1);
  }

  @Test
  void unchangedFilesAreTheSame() throws IOException {
    PinnedFiles listed = listed();
    write("in/late.csv", "not listed");

    assertThat(listed.changed(configuration)).isEmpty();
    assertThat(listed.digest()).matches("[0-9a-f]{32}").isNotEqualTo(listed().digest());
  }

  @Test
  void anotherContentOfTheSameLengthIsAChange() throws IOException {
    PinnedFiles listed = listed();
    write("in/sub/b.csv", "six");

    assertThat(listed.changed(configuration)).contains(path("in/sub/b.csv"));
  }

  @Test
  void aFileThatGrowsIsAChange() throws IOException {
    PinnedFiles listed = listed();
    write("in/a.csv", "one and more");

    assertThat(listed.changed(configuration)).contains(path("in/a.csv"));
  }

  @Test
  void aFileThatIsGoneIsAChange() throws IOException {
    PinnedFiles listed = listed();
    files.delete(path("in/sub"), true);

    assertThat(listed.changed(configuration)).contains(path("in/sub/b.csv"));
  }

  @Test
  void theSameFilesHaveTheSameDigest() throws IOException {
    assertThat(listed().digest()).isEqualTo(listed().digest());
  }

  /** On S3 an empty folder is an object of its own. */
  @Test
  void aFolderWithoutFilesIsTreatedAsMissing() throws IOException {
    files.mkdirs(path("made/before/its/upload"));
    write("made/_SUCCESS", "");
    write("made/b.csv._COPYING_", "half");

    for (String folder : List.of("made", "made/before", "never")) {
      assertThat(FileListing.of(root, folder, configuration).filter(found -> !found.isEmpty()))
          .as(folder)
          .isEmpty();
    }
    write("made/b.csv", "whole");
    assertThat(FileListing.of(root, "made", configuration).orElseThrow().files())
        .extracting(FileStatus::getPath)
        .containsExactly(path("made/b.csv"));
  }

  private PinnedFiles listed() throws IOException {
    return new PinnedFiles(root, FileListing.of(root, "in", configuration).orElseThrow().files());
  }

  private Path path(String name) {
    return new Path(root.path(), name);
  }

  private void write(String name, String content) throws IOException {
    try (OutputStream out = files.create(path(name), true)) {
      out.write(content.getBytes(UTF_8));
    }
  }
}
