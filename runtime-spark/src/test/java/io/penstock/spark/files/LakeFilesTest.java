package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("proof")
@OnEveryFileSystem
class LakeFilesTest {
  private static final int REPLACEMENTS = Proofs.full() ? 2_000 : 40;
  private static final int LINES = 5_000;

  private final LakeFileSystem fileSystem;
  @TempDir private java.nio.file.Path temporary;
  private Path directory;
  private LakeFiles files;

  LakeFilesTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @BeforeEach
  void open() {
    directory = fileSystem.place(temporary);
    files = LakeFiles.of(directory, fileSystem.configuration());
  }

  @Test
  void createsAFileOnceWithItsDirectories() throws IOException {
    fileSystem.write(path("a/b/c"), "one");

    assertThat(fileSystem.text(path("a/b/c"))).isEqualTo("one");
    assertThat(files.length(path("a/b/c"))).hasValue(3);
    assertThatThrownBy(() -> fileSystem.write(path("a/b/c"), "two"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot create " + path("a/b/c"));
    assertThat(fileSystem.text(path("a/b/c"))).isEqualTo("one");
  }

  @Test
  void listsFilesAndDirectoriesByName() throws IOException {
    fileSystem.write(path("folder/below/file"), "x");
    fileSystem.write(path("folder/a b+c=1%.csv"), "x");
    fileSystem.write(path("folder/.hidden"), "x");
    fileSystem.write(path("folder/매출"), "x");

    assertThat(files.list(path("folder")))
        .containsExactly(
            new LakeFiles.Entry(".hidden", false),
            new LakeFiles.Entry("a b+c=1%.csv", false),
            new LakeFiles.Entry("below", true),
            new LakeFiles.Entry("매출", false));
    assertThat(files.exists(path("folder/below"))).isTrue();
    assertThat(files.length(path("folder/below"))).isEmpty();
    assertThat(files.exists(path("folder/bel"))).isFalse();
  }

  @Test
  void replaceOverwritesTheOldContent() throws IOException {
    files.replace(path("runs/a"), "one".getBytes(UTF_8));
    files.replace(path("runs/a"), "two".getBytes(UTF_8));

    assertThat(fileSystem.text(path("runs/a"))).isEqualTo("two");
    assertThat(fileSystem.names(path("runs"))).containsExactly("a");
  }

  @Test
  void aFailedReplaceLeavesNothing() throws IOException {
    fileSystem.write(path("runs/a/file"), "one");

    assertThatThrownBy(() -> files.replace(path("runs/a"), "two".getBytes(UTF_8)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(path("runs/a").toString());
    assertThat(fileSystem.names(path("runs"))).containsExactly("a");
    assertThat(fileSystem.text(path("runs/a/file"))).isEqualTo("one");
  }

  @Test
  void aReplacementShowsTheOldFileUntilItIsCommitted() throws IOException {
    fileSystem.write(path("old"), "old");
    fileSystem.write(path("new"), "new");

    try (LakeFiles.Replacement replacement = files.prepareReplacement(path("new"), path("old"))) {
      assertThat(fileSystem.text(path("old"))).isEqualTo("old");
      replacement.commit();
    }
    assertThat(fileSystem.text(path("old"))).isEqualTo("new");
    assertThat(fileSystem.text(path("new"))).isEqualTo("new");
    assertThat(fileSystem.names(directory)).containsExactly("new", "old");
  }

  @Test
  void aReplacementThatIsNotCommittedLeavesNothing() throws IOException {
    fileSystem.write(path("new"), "new");

    files.prepareReplacement(path("new"), path("stable/file")).close();

    assertThat(fileSystem.names(path("stable"))).isEmpty();
  }

  /**
   * A reader whose file is replaced between opening and reading may get an error; no file system
   * may give it a mixture.
   */
  @Test
  void aReaderNeverSeesAPart() throws Exception {
    replace(0);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Set<String> found = new HashSet<>();
    int errors = 0;
    // Keeps a writer that gets all the CPU time from ending before the first look.
    Semaphore looks = new Semaphore(0);
    try {
      Future<?> replacements =
          writer.submit(
              () -> {
                for (int number = 1; number <= REPLACEMENTS; number++) {
                  replace(number);
                  if (number % 10 == 0) {
                    looks.drainPermits();
                    looks.acquireUninterruptibly();
                  }
                }
              });
      while (!replacements.isDone()) {
        Optional<String> content = look();
        looks.release();
        content.ifPresent(whole -> found.add(requireWhole(whole)));
        errors += content.isEmpty() ? 1 : 0;
      }
      replacements.get();
    } finally {
      writer.shutdownNow();
    }
    Proofs.tell(
        "%s: %s of %s contents of a file were seen while it was replaced, each whole, and %s errors"
            .formatted(fileSystem.version(), found.size(), REPLACEMENTS + 1, errors));
    assertThat(found).hasSizeGreaterThan(1);
  }

  @Test
  void missingFilesAreEmptyAndCanBeDeleted() {
    assertThat(files.length(path("nothing"))).isEmpty();
    assertThat(files.list(path("nothing"))).isEmpty();
    assertThat(files.exists(path("nothing"))).isFalse();
    assertThatThrownBy(() -> fileSystem.text(path("nothing")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read " + path("nothing") + ": ")
        .message()
        .as("the path is named once")
        .containsOnlyOnce(path("nothing").toUri().getPath());
    files.delete(path("nothing"));
  }

  @Test
  void deletesTreesAndNothingElse() throws IOException {
    fileSystem.write(path("tree/a/b"), "x");
    fileSystem.write(path("tree/c"), "x");
    fileSystem.write(path("tree2"), "x");

    files.delete(path("tree"));

    assertThat(files.exists(path("tree"))).isFalse();
    assertThat(fileSystem.names(directory)).containsExactly("tree2");
  }

  /** The lines and the length of a content tell its number. */
  private void replace(int number) {
    String line = "content %s\n".formatted(number);
    files.replace(path("file"), line.repeat(LINES + number).getBytes(UTF_8));
  }

  /**
   * Empty when the file was replaced between opening and reading, which S3A reports in several
   * ways.
   */
  private Optional<String> look() {
    try {
      return Optional.of(fileSystem.text(path("file")));
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      assertThat(e).hasStackTraceContaining("file");
      return Optional.empty();
    }
  }

  private static String requireWhole(String content) {
    List<String> lines = content.lines().toList();
    assertThat(lines).isNotEmpty();
    String line = lines.get(0);
    int number = Integer.parseInt(line.substring("content ".length()));
    assertThat(content).isEqualTo((line + "\n").repeat(LINES + number));
    return line;
  }

  private Path path(String name) {
    return new Path(directory, name);
  }
}
