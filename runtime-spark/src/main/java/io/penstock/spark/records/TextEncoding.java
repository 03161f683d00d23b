package io.penstock.spark.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The encoding of a source's files, or of an export's.
 *
 * @param name of the charset, which itself can't be sent to tasks
 * @param origin whether the declaration may be wrong
 */
public record TextEncoding(String name, Origin origin) implements Serializable {
  /** Who says that files have an encoding. */
  public enum Origin {
    /** The author of a source, who may be mistaken. */
    DECLARED,
    /** Penstock, which wrote them. */
    WRITTEN
  }

  /** What files have whose source declares nothing. */
  public static final TextEncoding UTF_8 = of(StandardCharsets.UTF_8);

  private static final int BEGINNING = 4;

  public static TextEncoding of(Charset charset) {
    return new TextEncoding(charset.name(), Origin.DECLARED);
  }

  /** The encoding of files that Penstock wrote in it: whatever they hold, they are in it. */
  public static TextEncoding written(Charset charset) {
    return new TextEncoding(charset.name(), Origin.WRITTEN);
  }

  /** Whether text is written as it is held. */
  public boolean isUtf8() {
    return name.equals(StandardCharsets.UTF_8.name());
  }

  /** Whether a file in it begins with a byte order mark, and is of no use without one. */
  public boolean needsMark() {
    return name.equals("UTF-16") || name.equals("UTF-32");
  }

  /** The bytes of text in it, behind the byte order mark if there is one. */
  public TextEncoder encoder() {
    return new TextEncoder(this, Charset.forName(needsMark() ? name + "LE" : name));
  }

  /** What is wrong with a record whose bytes don't stand for text. */
  public String invalid() {
    return "it is not valid "
        + name
        + (name.equals("ISO-8859-1") ? ", but may be windows-1252" : "");
  }

  /**
   * The content of a file in UTF-8. Where bytes don't stand for text in this encoding, there is one
   * that UTF-8 doesn't know, so that the record in which they are is found defective.
   *
   * @throws MalformedInputException if the file's beginning shows another encoding
   */
  InputStream utf8(String path, InputStream content) throws IOException {
    PushbackInputStream in = new PushbackInputStream(content, BEGINNING);
    byte[] beginning = in.readNBytes(BEGINNING);
    Optional<EncodingMark> mark = EncodingMark.of(beginning);
    in.unread(beginning);
    if (beginning.length == 0) {
      return in;
    }
    if (mark.isPresent()) {
      if (!mark.get().suits(name)) {
        throw MalformedInputException.ofFile(
            path,
            "it begins with the byte order mark of " + mark.get().charset(),
            name.equals(UTF_8.name())
                ? "declare .encoding(\"" + mark.get().declared() + "\"), or convert the file."
                : "declare this encoding instead of " + name + ", or convert the file.");
      }
      in.skipNBytes(mark.get().length());
      return decoded(path, in, mark.get().charset());
    }
    requireNoMarkNeeded(path, beginning);
    return decoded(path, in, name);
  }

  private void requireNoMarkNeeded(String path, byte[] beginning) {
    if (needsMark()) {
      throw MalformedInputException.ofFile(
          path,
          "it has no byte order mark, which tells the order of the bytes of " + name,
          "declare .encoding(\"" + name + "LE\") or .encoding(\"" + name + "BE\").");
    }
    Optional<String> guess = EncodingMark.guess(beginning);
    if (name.equals(UTF_8.name()) && guess.isPresent()) {
      throw MalformedInputException.ofFile(
          path,
          "every second byte at its beginning is zero, as in " + guess.get(),
          "declare .encoding(\"" + guess.get() + "\"), or convert the file.");
    }
  }

  private InputStream decoded(String path, InputStream in, String charset) {
    return charset.equals(UTF_8.name())
        ? in
        : new DecodedStream(path, in, Charset.forName(charset), origin);
  }
}
