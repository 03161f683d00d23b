package io.penstock.spark.records;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The one file in a zip archive. Folders don't count, nor do files that hold what a system noted
 * about others ({@code __MACOSX/}, names that begin with a dot).
 */
final class ZippedFile extends FilterInputStream {
  private final ZipInputStream zip;
  private boolean ended;

  ZippedFile(InputStream file) throws IOException {
    super(new ZipInputStream(file));
    this.zip = (ZipInputStream) in;
    String name = nextFile().orElseThrow(() -> new EOFException("The archive holds no file"));
    Optional<FileSignature> document = FileSignature.ofZipped(name);
    if (document.isPresent()) {
      throw new DocumentException(kind(document.get()));
    }
  }

  /** Which kind of document the archive is, as far as the names of its files tell. */
  private FileSignature kind(FileSignature first) throws IOException {
    FileSignature kind = first;
    Optional<String> name = nextFile();
    while (kind == FileSignature.ANY_DOCUMENT && name.isPresent()) {
      kind = FileSignature.ofZipped(name.get()).orElse(kind);
      name = nextFile();
    }
    return kind;
  }

  /** The archive is a document of an office program. */
  static final class DocumentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final FileSignature kind;

    DocumentException(FileSignature kind) {
      super("The archive is a document");
      this.kind = kind;
    }

    FileSignature kind() {
      return kind;
    }
  }

  /** The archive holds more than one file. */
  static final class ManyFilesException extends IOException {
    private static final long serialVersionUID = 1L;

    ManyFilesException() {
      super("The archive holds several files");
    }
  }

  private Optional<String> nextFile() throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      boolean hidden =
          name.startsWith("__MACOSX/") || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
      if (!entry.isDirectory() && !hidden) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = zip.read(target, offset, length);
    if (count < 0) {
      ended = true;
      if (nextFile().isPresent()) {
        throw new ManyFilesException();
      }
    }
    return count;
  }
}
