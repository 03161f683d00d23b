package io.penstock.spark.excel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * The parts of a workbook's archive. It stays compressed, and in memory. Each part has the content
 * of which its checksum was made, and is bounded, whatever the archive says of its size.
 */
final class WorkbookParts implements Closeable {
  /** That of sheets which repeat themselves is below 50, and that of a zip bomb is up to 1,032. */
  private static final int MOST_COMPRESSION = 100;

  /** What small archives may inflate to, however well they are compressed. */
  private static final long FREE_BYTES = 64L << 20;

  private static final int BUFFER = 1 << 16;

  private final ZipFile zip;
  private final int archiveBytes;
  private final long mostInMemory;
  private final Map<String, ZipArchiveEntry> parts = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private long all;

  private WorkbookParts(byte[] archive, long mostInMemory) throws IOException {
    this.zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(archive)).get();
    this.archiveBytes = archive.length;
    this.mostInMemory = mostInMemory;
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      String name = normal(entry.getName());
      if (!entry.isDirectory() && parts.put(name, entry) != null) {
        throw new ZipException("Two parts have the same name");
      }
    }
  }

  /**
   * The parts of a file.
   *
   * @param mostInMemory how many bytes the archive may have, and each part that is read into memory
   * @throws UnreadableWorkbookException if it isn't a workbook, or too large
   * @throws IOException if it is damaged
   */
  static WorkbookParts of(byte[] archive, long mostInMemory) throws IOException {
    Optional<UnreadableWorkbookException> other = OtherFormats.ofFile(archive);
    if (other.isPresent()) {
      throw other.get();
    }
    WorkbookParts parts = new WorkbookParts(archive, mostInMemory);
    Optional<UnreadableWorkbookException> otherArchive =
        OtherFormats.ofArchive(name -> parts.parts.containsKey(normal(name)));
    if (otherArchive.isPresent()) {
      throw otherArchive.get();
    }
    for (String name : parts.parts.keySet()) {
      parts.verify(name);
    }
    return parts;
  }

  /** Names of parts are the same in any case. */
  private static String normal(String name) {
    return name.replace('\\', '/').toLowerCase(Locale.ROOT);
  }

  private void verify(String name) throws IOException {
    ZipArchiveEntry part = parts.get(name);
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream content = zip.getInputStream(part)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        checksum.update(buffer, 0, read);
        size += read;
        all += read;
        if (all > FREE_BYTES && all / MOST_COMPRESSION > archiveBytes) {
          throw UnreadableWorkbookException.saveAgain(
              "it would inflate to more than %s times its size, as no workbook does"
                  .formatted(MOST_COMPRESSION));
        }
      }
    }
    if (checksum.getValue() != part.getCrc() || size != part.getSize()) {
      throw new ZipException("A part has another checksum");
    }
    sizes.put(name, size);
  }

  /** The content of a part that is read as a stream, if there is one. */
  Optional<InputStream> stream(String name) throws IOException {
    ZipArchiveEntry part = parts.get(normal(name));
    return part == null ? Optional.empty() : Optional.of(zip.getInputStream(part));
  }

  /**
   * The content of a part that is kept in memory, if there is one.
   *
   * @throws UnreadableWorkbookException if it is too large for that
   */
  Optional<InputStream> kept(String name) throws IOException {
    if (sizes.getOrDefault(normal(name), 0L) > mostInMemory) {
      throw tooLarge("its texts and formats have", mostInMemory);
    }
    return stream(name);
  }

  /** A file, or a part of one, that would take too much of the memory. */
  static UnreadableWorkbookException tooLarge(String what, long mostBytes) {
    return UnreadableWorkbookException.because(
        "%s more than %s MiB, the most that is read into memory".formatted(what, mostBytes >> 20),
        "deliver it in several files.");
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
