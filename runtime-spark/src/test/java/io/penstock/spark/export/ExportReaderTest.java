package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers that read exports themselves, with no session of Spark. */
@Tag("proof")
class ExportReaderTest {
  private static final int PUBLICATIONS = Proofs.full() ? 1_000 : 60;

  @TempDir private Path lake;
  private final Configuration configuration = new Configuration();
  private final Exports exports = new Exports(configuration);
  private final ExportReader reader = new ExportReader(configuration);
  private ExportTarget target;

  @BeforeEach
  void nameTarget() {
    target =
        new ExportTarget(
            new org.apache.hadoop.fs.Path("file:" + lake + "/export/report"),
            List.of(new PartitionSegment("day", "2026-03-01")));
  }

  @Test
  void allFilesOfTheCurrentVersionAreReadInTheOrderOfTheirRows() throws IOException {
    publish(1, "n\n1\n");
    publish(2, "n\n2\n", "n\n3\n");

    PublishedExport current = reader.published(target.directory()).get(0);

    List<String> read = new ArrayList<>();
    for (WrittenCsv file : current.manifest().files()) {
      try (InputStream in = reader.open(current, file)) {
        read.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(read).containsExactly("n\n2\n", "n\n3\n");
  }

  @Test
  void aFileThatWasChangedHasNoEnd() throws IOException {
    publish(1, "n\n1\n");
    Files.writeString(file(1), "n\n7\n");

    assertThatThrownBy(this::readFirstFile)
        .isInstanceOf(DamagedExportException.class)
        .hasMessageContainingAll(
            "report-1.csv: its manifest names bytes of SHA-256 " + sha256("n\n1\n"),
            "reading it gave SHA-256 " + sha256("n\n7\n"));
  }

  @Test
  void aFileThatBecameLongerHasNoEnd() throws IOException {
    publish(1, "n\n1\n");
    Files.writeString(file(1), "2\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::readFirstFile)
        .isInstanceOf(DamagedExportException.class)
        .hasMessageContaining("its manifest names 4 bytes and reading it gave 6 bytes");
  }

  @Test
  void aFileThatWasCutHasNoEnd() throws IOException {
    publish(1, "n\n1\n");
    Files.writeString(file(1), "n\n");

    assertThatThrownBy(this::readFirstFile)
        .isInstanceOf(DamagedExportException.class)
        .hasMessageContaining("its manifest names 4 bytes and reading it gave 2 bytes");
  }

  @Test
  void whatIsSkippedAndWhatIsReadByteByByteIsCheckedToo() throws IOException {
    publish(1, "n\n12345\n");

    try (InputStream in = reader.open(current(), current().manifest().files().get(0))) {
      in.skipNBytes(3);
      assertThat(in.read()).isEqualTo('2');
      assertThat(in.readAllBytes()).isEqualTo("345\n".getBytes(StandardCharsets.UTF_8));
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aCurrentVersionWithoutManifestIsDamage() throws IOException {
    publish(1, "n\n1\n");
    Files.delete(file(1).resolveSibling("manifest.json"));

    assertThatThrownBy(this::current)
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContainingAll("manifest.json", "run the job that writes the export again");
  }

  /** The form of a later release may have fields that nobody here knows. */
  @Test
  void aManifestOfALaterReleaseSaysSo() throws IOException {
    publish(1, "n\n1\n");
    Path manifest = file(1).resolveSibling("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"manifestVersion\" : 2", "\"manifestVersion\" : 4, \"sealed\" : true"));

    assertThatThrownBy(this::current)
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContainingAll(
            manifest + ": it is of version 4, and this release knows versions up to 3",
            "Use the release that wrote it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"manifestVersion\" : 2}", "\0\0\0"})
  void aDamagedManifestSaysSo(String content) throws IOException {
    publish(1, "n\n1\n");
    Path manifest = file(1).resolveSibling("manifest.json");
    Files.writeString(manifest, content);

    assertThatThrownBy(this::current)
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContaining(manifest + ": it is damaged. Restore it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"entryVersion\" : 1, \"epoch\" : 1}",
        "{\"entryVersion\" : 1, \"epoch\" : 1, \"runId\" : \"\"}",
        "{\"epoch\" : 1, \"runId\" : \"run-1\"}",
        "\0\0\0"
      })
  void aDamagedEntrySaysSo(String content) throws IOException {
    publish(1, "n\n1\n");
    Path entry = lake.resolve("export/report/_published/day=2026-03-01/0000000000000000001.json");
    Files.writeString(entry, content);

    assertThatThrownBy(this::current)
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContaining(entry + ": it is damaged. Restore it");
  }

  @Test
  void anEntryOfALaterReleaseSaysSo() throws IOException {
    publish(1, "n\n1\n");
    Path entry = lake.resolve("export/report/_published/day=2026-03-01/0000000000000000001.json");
    Files.writeString(
        entry, Files.readString(entry).replace("\"entryVersion\" : 1", "\"entryVersion\" : 2"));

    assertThatThrownBy(this::current)
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContaining("this release knows versions up to 1");
  }

  /** A reader between two looks, while publications go on and nothing old is kept. */
  @Test
  void aReaderThatIsOvertakenByPublicationsAndTheirCleaningFindsTheNextVersion() throws Exception {
    publish(1, "n\n1\n");
    ExportLeftovers leftovers =
        new ExportLeftovers(target.directory(), configuration, Instant.now().plusSeconds(3600));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> publications =
          executor.submit(
              () -> {
                for (long epoch = 2; epoch <= PUBLICATIONS; epoch++) {
                  publish(epoch, "n\n" + epoch + "\n");
                  leftovers.find(target.directory()).forEach(leftovers::remove);
                }
              });
      long before = 0;
      while (!publications.isDone()) {
        long epoch = current().manifest().attempt().epoch();
        assertThat(epoch).isGreaterThanOrEqualTo(before);
        before = epoch;
      }
      publications.get();
    } finally {
      executor.shutdownNow();
    }
    assertThat(current().manifest().attempt().epoch()).isEqualTo(PUBLICATIONS);
  }

  private PublishedExport current() {
    return reader.current(target).orElseThrow();
  }

  private void readFirstFile() throws IOException {
    try (InputStream in = reader.open(current(), current().manifest().files().get(0))) {
      in.readAllBytes();
    }
  }

  private Path file(long epoch) {
    return lake.resolve("export/report/_versions/day=2026-03-01/run-" + epoch + "/report-1.csv");
  }

  private void publish(long epoch, String... contents) {
    ExportProvenance attempt =
        new ExportProvenance("run-" + epoch, epoch, "p", "", Map.of(), Instant.EPOCH);
    List<WrittenCsv> files = new ArrayList<>();
    for (String content : contents) {
      String name = "report-" + (files.size() + 1) + ".csv";
      write(file(epoch).resolveSibling(name), content);
      files.add(
          new WrittenCsv(name, content.lines().count() - 1, content.length(), sha256(content)));
    }
    ExportManifest manifest =
        ExportManifest.of(target, StructType.fromDDL("n BIGINT"), CsvForm.PLAIN, files, attempt);
    exports.publish(exports.add(target, manifest), () -> {});
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
