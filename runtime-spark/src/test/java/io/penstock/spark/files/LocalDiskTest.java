package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that publication relies on survive a power failure. The JVM's own events tell what is
 * flushed to disk.
 */
final class LocalDiskTest {
  @TempDir private Path directory;

  @Test
  void anEntryIsOnTheDiskWithItsNameAndItsNewDirectories() throws IOException {
    Path entry = directory.resolve("a/b/entry.json");

    Set<String> forced =
        forced(() -> new PutIfAbsent(new Configuration()).put(hadoop(entry), "x".getBytes(UTF_8)));

    // The entry's bytes are flushed under its temporary name.
    assertThat(forced).anyMatch(path -> path.contains(".entry.json."));
    assertThat(forced).contains(path("a/b"), path("a"), path(""));
  }

  @Test
  void aFileThatIsCreatedIsOnTheDiskWithItsName() throws IOException {
    Set<String> forced =
        forced(
            () -> {
              try (OutputStream out =
                  new LocalLakeFiles().create(hadoop(directory.resolve("versions/run/a.csv")))) {
                out.write(1);
              }
            });

    assertThat(forced)
        .contains(path("versions/run/a.csv"), path("versions/run"), path("versions"), path(""));
  }

  @Test
  void filesOfOthersAreFlushedWithTheirDirectoriesUpToTheRoot() throws IOException {
    Files.createDirectories(directory.resolve("table/day=1"));
    Path part = Files.writeString(directory.resolve("table/day=1/part"), "rows");

    Set<String> forced =
        forced(
            () ->
                new LocalLakeFiles()
                    .persist(hadoop(directory.resolve("table")), List.of(hadoop(part))));

    assertThat(forced)
        .containsExactlyInAnyOrder(path("table/day=1/part"), path("table/day=1"), path("table"));
  }

  private interface Work {
    void run() throws IOException;
  }

  /** The paths below the directory that are flushed during the work. */
  private Set<String> forced(Work work) throws IOException {
    Path record = directory.resolveSibling(directory.getFileName() + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(java.time.Duration.ZERO);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(record);
      return RecordingFile.readAllEvents(record).stream()
          .map((RecordedEvent event) -> event.getString("path"))
          .filter(path -> path != null && path.startsWith(directory.toString()))
          .collect(Collectors.toSet());
    } finally {
      Files.deleteIfExists(record);
    }
  }

  private String path(String name) {
    return directory.resolve(name).normalize().toString().replaceAll("/$", "");
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
