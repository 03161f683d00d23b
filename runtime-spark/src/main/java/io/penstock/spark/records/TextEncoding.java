package io.penstock.spark.records;

import java.io.IOException;
import java.io.InputStream;
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

  /**
   * What is wrong with a record whose bytes don't stand for text.
   *
   * @param beginning of its file
   */
  Defect invalid(FileBeginning beginning, byte[] buffer, int offset, int length) {
    if (isUtf8()) {
      return EncodingGuess.notUtf8(beginning.bytes(), buffer, offset, length);
    }
    String reason = "it is not valid " + name;
    return name.equals("ISO-8859-1")
        ? new Defect(
            reason + ", but may be " + EncodingGuess.WESTERN,
            EncodingGuess.ifFileIsIn(EncodingGuess.WESTERN))
        : new Defect(reason, EncodingGuess.ifFileIsInAnother());
  }

  /**
   * The content of a file in UTF-8. Where bytes don't stand for text in this encoding, there is one
   * that UTF-8 doesn't know, so that the record in which they are is found defective.
   *
   * @param beginning which was looked at, and is in the content as well
   * @throws MalformedInputException if it shows another encoding, or another format than text
   */
  InputStream utf8(String path, FileBeginning beginning, InputStream content) throws IOException {
    byte[] bytes = beginning.bytes();
    Optional<EncodingMark> mark = EncodingMark.of(bytes);
    if (bytes.length == 0) {
      return content;
    }
    if (mark.isPresent()) {
      if (!mark.get().suits(name)) {
        throw MalformedInputException.ofFile(
            path,
            "it begins with the byte order mark of " + mark.get().charset(),
            isUtf8()
                ? "declare .encoding(\"" + mark.get().declared() + "\"), or convert the file."
                : "declare this encoding instead of " + name + ", or convert the file.");
      }
      content.skipNBytes(mark.get().length());
      return decoded(path, content, mark.get().charset());
    }
    // What was written here is what the declaration says, whatever it looks like.
    if (origin == Origin.DECLARED) {
      refuseOtherFormats(path, beginning);
      refuseOtherEncodings(path, bytes);
    }
    if (needsMark()) {
      throw missingMark(path, bytes);
    }
    return decoded(path, content, name);
  }

  private static void refuseOtherFormats(String path, FileBeginning beginning) {
    beginning
        .signature()
        .filter(signature -> !signature.isText())
        .map(FileSignature::defect)
        .ifPresent(
            defect -> {
              throw MalformedInputException.ofFile(path, defect.reason(), defect.fix());
            });
  }

  private void refuseOtherEncodings(String path, byte[] beginning) {
    if (needsMark()) {
      return;
    }
    Optional<EncodingGuess.Wide> wide = EncodingGuess.wide(beginning);
    if (wide.isPresent() && !name.contains(wide.get().name()) && !hasZerosOfItsOwn(beginning)) {
      throw MalformedInputException.ofFile(
          path,
          wide.get().sign() + " " + wide.get().name() + whereDeclared(),
          "declare .encoding(\"" + wide.get().name() + "\"), or convert the file.");
    }
    if (isWide() && EncodingGuess.isNarrow(beginning)) {
      throw MalformedInputException.ofFile(
          path,
          "no byte at its beginning is zero, as one is at each line end of " + name,
          "leave out .encoding(…) if the file is in UTF-8, or else declare the one that it is in.");
    }
  }

  private MalformedInputException missingMark(String path, byte[] beginning) {
    Optional<EncodingGuess.Wide> wide = EncodingGuess.wide(beginning);
    return MalformedInputException.ofFile(
        path,
        "it has no byte order mark, which tells the order of the bytes of "
            + name
            + (EncodingGuess.isNarrow(beginning) ? ", and no byte at its beginning is zero" : ""),
        EncodingGuess.isNarrow(beginning)
            ? "leave out .encoding(…) if the file is in UTF-8, or else declare the one that it is"
                + " in."
            : wide.map(guess -> "declare .encoding(\"" + guess.name() + "\"), as it seems to be.")
                .orElse("declare .encoding(\"" + name + "LE\") or .encoding(\"" + name + "BE\")."));
  }

  private String whereDeclared() {
    return isUtf8() ? "" : ", where " + name + " is declared";
  }

  /** Whether bytes are zero that are in ASCII, though two characters may look like others. */
  private boolean hasZerosOfItsOwn(byte[] beginning) {
    if (!name.contains("UTF-16LE") && !name.contains("UTF-16BE")) {
      return false;
    }
    for (int i = name.contains("LE") ? 1 : 0; i < beginning.length; i += 2) {
      if (beginning[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether each character has several bytes, of which one is zero in ASCII. */
  private boolean isWide() {
    return name.contains("UTF-16") || name.contains("UTF-32");
  }

  private InputStream decoded(String path, InputStream in, String charset) {
    return charset.equals(UTF_8.name())
        ? in
        : new DecodedStream(path, in, Charset.forName(charset), origin);
  }
}
