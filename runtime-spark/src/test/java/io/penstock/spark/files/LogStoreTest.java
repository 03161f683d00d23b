package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.Race;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log stores that the engine makes Delta use: Penstock's own, or Delta's. */
@Tag("proof")
@OnEveryFileSystem
final class LogStoreTest {
  private static final int ROUNDS = Proofs.full() ? 2_000 : 40;
  private static final int WRITERS = 4;

  private final LakeFileSystem fileSystem;
  private final Configuration settings;
  private final LogStore store;
  @TempDir private java.nio.file.Path temporary;
  private Path log;

  LogStoreTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.settings = fileSystem.configuration();
    this.store = fileSystem.logStore();
  }

  /** Delta does the same before the first version. */
  @BeforeEach
  void makeDirectory() throws IOException {
    log = new Path(fileSystem.place(temporary), "table/_delta_log");
    log.getFileSystem(settings).mkdirs(log);
  }

  @Test
  void isAcceptedForPublication() {
    assertThat(LogStores.check(log, store.getClass().getName())).isEmpty();
  }

  @Test
  void aVersionIsWrittenOnceAndWhole() throws IOException {
    write(version(0), "first", false);

    assertThatThrownBy(() -> write(version(0), "second", false))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(read(version(0))).containsExactly("first");
    assertThat(fileSystem.names(log)).containsExactly(version(0).getName());
  }

  @Test
  void otherFilesCanBeOverwritten() throws IOException {
    Path file = new Path(log, "_last_checkpoint");
    write(file, "old", true);
    write(file, "new", true);

    assertThat(read(file)).containsExactly("new");
    assertThat(fileSystem.names(log)).containsExactly("_last_checkpoint");
  }

  @Test
  void versionsAreListedInOrderFromAGivenOne() throws IOException {
    for (int version : List.of(10, 2, 1, 11, 9)) {
      write(version(version), "x", false);
    }

    assertThat(store.listFrom(version(2), settings))
        .toIterable()
        .extracting(status -> status.getPath().getName())
        .containsExactly(
            version(2).getName(),
            version(9).getName(),
            version(10).getName(),
            version(11).getName());
  }

  @Test
  void ofManyWritersOfAVersionOneSucceeds() throws Exception {
    List<Integer> winners =
        Race.oneWinsEach(
            ROUNDS, WRITERS, (round, writer) -> wins(version(round), "writer " + writer));

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(read(version(round))).containsExactly("writer " + winners.get(round));
    }
    assertThat(fileSystem.names(log)).as("no temporary file stays").hasSize(ROUNDS);
    Proofs.tell(
        "%s, %s: one of %s writers won each of %s versions"
            .formatted(fileSystem.version(), store.getClass().getSimpleName(), WRITERS, ROUNDS));
  }

  /** Delta writes checkpoints under a temporary name only if partial writes are visible. */
  @Test
  void partialWritesAreVisibleExceptInObjectStores() throws IOException {
    boolean objectsAppearWhole = fileSystem == LakeFileSystem.S3A;

    assertThat(store.isPartialWriteVisible(log, settings)).isEqualTo(!objectsAppearWhole);
  }

  private boolean wins(Path version, String writer) throws IOException {
    try {
      write(version, writer, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void write(Path path, String line, boolean overwrite) throws IOException {
    store.write(path, List.of(line).iterator(), overwrite, settings);
  }

  private List<String> read(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> read = store.read(path, settings)) {
      read.forEachRemaining(lines::add);
    }
    return lines;
  }

  private Path version(int number) {
    return new Path(log, String.format(Locale.ROOT, "%020d.json", number));
  }
}
