package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.spark.files.FailedAccessException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  private static final Configuration HADOOP = new Configuration();
  private static final String TEXT =
      "id,name\n"
          + new Random(7).ints(25_000).mapToObj(id -> id + ",é\n").collect(Collectors.joining());

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "gz, a.csv.gz",
    "gz, a.csv",
    "gz, a",
    "gz, a.csv.zst",
    "zst, a.csv.zst",
    "zst, a.csv",
    "bz2, a.csv.bz2",
    "bz2, a.csv",
    "zip, a.zip",
    "zip, a.csv",
    "none, a.csv",
    "none, BZh9.csv",
  })
  void isDecompressedByItsBeginningOrItsName(String compression, String name) throws IOException {
    assertThat(read(file(name, compressed(compression, TEXT)))).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "zip"})
  void whatIsCutOffAnywhereIsRefused(String compression) throws IOException {
    byte[] whole = compressed(compression, TEXT);
    int end = compression.equals("zip") ? whole.length - 150 : whole.length;
    for (int length = 1; length < end; length += 1 + end / 25) {
      Path cut = file("cut.csv." + compression, Arrays.copyOf(whole, length));

      assertThat(catchThrowable(() -> read(cut)))
          .as("%s of %s bytes", length, whole.length)
          .isInstanceOfSatisfying(
              MalformedInputException.class,
              malformed ->
                  assertThat(malformed.failure().message())
                      .startsWith("Cannot read file:" + cut + ": its content is not whole"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "zip"})
  void whatIsNotCompressedAsItsNameSaysIsRefused(String ending) throws IOException {
    Path plain = file("plain.csv." + ending, TEXT.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(plain)).isInstanceOf(MalformedInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2"})
  void allMembersAreRead(String compression) throws IOException {
    byte[] one = compressed(compression, TEXT);
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);

    assertThat(read(file("two.csv." + compression, two))).isEqualTo(TEXT + TEXT);
  }

  @Test
  void aZipArchiveHoldsOneFile() throws IOException {
    Path one =
        file("one.zip", zip("folder/", "__MACOSX/._a.csv", "folder/.DS_Store", "folder/a.csv"));
    Path two = file("two.zip", zip("a.csv", "b.csv"));
    Path none = file("none.zip", zip("folder/"));

    assertThat(read(one)).isEqualTo("folder/a.csv");
    assertThatThrownBy(() -> read(two))
        .isInstanceOfSatisfying(
            MalformedInputException.class,
            malformed -> {
              assertThat(malformed.reason()).isEqualTo("it is a zip archive of several files");
              assertThat(malformed.failure().fix()).isEqualTo("deliver them one by one.");
            });
    assertThatThrownBy(() -> read(none)).isInstanceOf(MalformedInputException.class);
  }

  /** Such as {@code zstd --long=28} writes: its reader needs as much memory. */
  @Test
  void aWindowThatNeedsMuchMemoryIsRefused() throws IOException {
    byte[] window128 = zstdFrame(27);
    byte[] window256 = zstdFrame(28);

    assertThat(read(file("a.csv", window128))).isEqualTo("id\n1\n");
    assertThatThrownBy(() -> read(file("b.csv", window256)))
        .isInstanceOfSatisfying(
            MalformedInputException.class,
            malformed -> {
              assertThat(malformed.reason()).isEqualTo("its zstd window is larger than 128 MiB");
              assertThat(malformed.failure().fix()).isEqualTo("compress it without --long.");
            });
  }

  /**
   * A frame of one block that isn't compressed (RFC 8878).
   *
   * @param windowLog the binary logarithm of the window's size
   */
  private static byte[] zstdFrame(int windowLog) throws IOException {
    byte[] content = "id\n1\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
    frame.write(0);
    frame.write((windowLog - 10) << 3);
    frame.write(new byte[] {(byte) (content.length << 3 | 1), 0, 0});
    frame.write(content);
    return frame.toByteArray();
  }

  /** A disk that fails below a decompressor is no damage of the file. */
  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst", "bz2", "zip"})
  void aFileThatFailsWhileItIsReadIsNotDamaged(String compression) throws IOException {
    byte[] whole = compressed(compression, TEXT);
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(whole, 0, whole.length / 2),
            new BrokenInputStream(() -> new IOException("Input/output error")));

    Content content = Content.of("file:/a.csv", failing);

    assertThat(
            catchThrowable(
                () -> {
                  try {
                    content.stream().readAllBytes();
                  } catch (IOException | RuntimeException e) {
                    throw content.unreadable(e);
                  }
                }))
        .isInstanceOf(FailedAccessException.class)
        .hasMessageContaining("Input/output error");
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.endsWith("/") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static byte[] compressed(String compression, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressing(compression, bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static OutputStream compressing(String compression, OutputStream out) throws IOException {
    return switch (compression) {
      case "none" -> out;
      case "gz" -> new GZIPOutputStream(out);
      case "zst" -> new ZstdOutputStream(out);
      case "zip" -> {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry("a.csv"));
        yield zip;
      }
      // Small blocks, so that a file has several.
      case "bz2" -> new BZip2CompressorOutputStream(out, 1);
      default -> throw new IllegalArgumentException(compression);
    };
  }

  /** As a task reads it: whatever goes wrong is told by the content. */
  private static String read(Path file) {
    Content content = Content.of("file:" + file, HADOOP);
    try {
      return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      throw content.unreadable(e);
    }
  }
}
