package io.penstock.spark.records;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file that was taken for text looks like instead. The first bytes of the formats are in
 * their specifications, and so are the names of the files in a zip archive that is a document.
 */
public enum FileSignature {
  PARQUET(Of.BYTES, "PAR1\\x15|PAR[1E].{0,28}\\x00", "a Parquet file", Fix.read("parquet")),
  ORC(Of.BYTES, "ORC.{0,12}\\x00", "an ORC file", Fix.read("orc")),
  AVRO(Of.BYTES, "Obj\\x01(.*\\x00|.*avro\\.(schema|codec))", "an Avro file", Fix.read("avro")),
  SQLITE(
      Of.BYTES, "SQLite format 3\\x00", "an SQLite database", "have its tables delivered as text."),
  /** Encrypted workbooks of the present form, too. */
  OLD_OFFICE(
      Of.BYTES,
      "\\xD0\\xCF\\x11\\xE0\\xA1\\xB1\\x1A\\xE1",
      "a document of an older office program, such as .xls, or an encrypted one",
      Fix.SAVE_AS_WORKBOOK),
  XZ(Of.BYTES, "\\xFD7zXZ\\x00", "a file compressed with xz", Fix.COMPRESS_OTHERWISE),
  LZ4(Of.BYTES, "\\x04\\x22M\\x18", "a file compressed with lz4", Fix.COMPRESS_OTHERWISE),
  SNAPPY(
      Of.BYTES,
      "\\xFF\\x06\\x00\\x00sNaPpY",
      "a file compressed with snappy",
      Fix.COMPRESS_OTHERWISE),
  LZOP(
      Of.BYTES,
      "\\x89LZO\\x00\\r\\n\\x1A\\n",
      "a file compressed with lzop",
      Fix.COMPRESS_OTHERWISE),
  SEVEN_ZIP(Of.BYTES, "7z\\xBC\\xAF\\x27\\x1C", "a 7z archive", Fix.UNPACK),
  RAR(Of.BYTES, "Rar!\\x1A\\x07", "a rar archive", Fix.UNPACK),
  TAR(Of.BYTES, ".{257}ustar[\\x00 ]", "a tar archive", Fix.UNPACK),
  EMPTY_ZIP(Of.BYTES, "PK\\x05\\x06", "a zip archive without a file", Fix.DELIVER_DATA),
  /** What is looked at here was decompressed before, if it was compressed. */
  TWICE(
      Of.BYTES,
      "\\x1F\\x8B\\x08|\\x28\\xB5\\x2F\\xFD|PK\\x03\\x04|BZh[1-9]1AY&SY",
      "a file that was compressed twice",
      "deliver it compressed once, or uncompressed."),
  WORKBOOK(Of.ZIPPED_NAME, "xl/.*\\.(xml|bin|rels)\\z", "an Excel workbook", Fix.read("excel")),
  DOCUMENT(Of.ZIPPED_NAME, "(word|ppt)/.*\\.(xml|rels)\\z", "an office document", Fix.DELIVER_DATA),
  OPEN_DOCUMENT(
      Of.ZIPPED_NAME,
      "mimetype\\z",
      "a document of an office program, such as .ods",
      Fix.SAVE_AS_WORKBOOK),
  /** Which one, the other names tell. */
  ANY_DOCUMENT(
      Of.ZIPPED_NAME,
      "\\[Content_Types\\]\\.xml\\z|docProps/.*\\.xml\\z",
      "an office document",
      Fix.SAVE_AS_WORKBOOK),
  PDF(Of.BYTES, "%PDF-[12]\\.", "a PDF document", Fix.DELIVER_DATA),
  HTML(
      Of.BYTES,
      "(?i)(\\xEF\\xBB\\xBF)?\\s*+<(!doctype html|html|head|body)\\b",
      "an HTML page, with which servers answer where a log-in is needed",
      Fix.DELIVER_DATA),
  XML(Of.BYTES, "(\\xEF\\xBB\\xBF)?\\s*+<\\?xml\\s", "an XML document", Fix.DELIVER_DATA);

  /** What tells a format. */
  private enum Of {
    BYTES,
    /** The name of a file in a zip archive. */
    ZIPPED_NAME
  }

  private final Of of;
  private final Pattern mark;
  private final String name;
  private final String fix;

  /**
   * @param mark how what tells it begins, a byte as the character of its number. The bytes of a
   *     binary format are no text in any encoding: a text may begin with the word ORC
   */
  FileSignature(Of of, String mark, String name, String fix) {
    this.of = of;
    this.mark = Pattern.compile(mark, Pattern.DOTALL);
    this.name = name;
    this.fix = fix;
  }

  /**
   * That of a file.
   *
   * @param beginning its first bytes, each as the character of its number
   */
  public static Optional<FileSignature> of(String beginning) {
    return find(Of.BYTES, beginning);
  }

  /** That of a zip archive with a file of this name. */
  static Optional<FileSignature> ofZipped(String name) {
    return find(Of.ZIPPED_NAME, name);
  }

  private static Optional<FileSignature> find(Of of, String text) {
    return Arrays.stream(values())
        .filter(signature -> signature.of == of && signature.mark.matcher(text).lookingAt())
        .findFirst();
  }

  /**
   * Whether files of the format are text, too, and may be meant as such: they are told where a
   * record doesn't fit.
   */
  boolean isText() {
    return this == PDF || this == HTML || this == XML;
  }

  /** What a file of the format is, with its article. */
  public String description() {
    return name;
  }

  /** What is wrong with a file that can't be meant as text. */
  Defect defect() {
    return new Defect("it looks like " + name, fix);
  }

  /** A defect of a record, of which this is rather the cause. */
  Defect explain(Defect defect) {
    return new Defect(defect.reason() + "; the file looks like " + name, fix);
  }

  /** What can be done about files of another format. */
  private static final class Fix {
    static final String COMPRESS_OTHERWISE =
        "deliver it with another compression, such as gzip (.gz), or uncompressed.";
    static final String UNPACK =
        "deliver the files in it one by one, as they are or compressed with gzip (.gz).";
    static final String SAVE_AS_WORKBOOK =
        "save it as a workbook (.xlsx) and read it with excel(…), or deliver it as text.";
    static final String DELIVER_DATA = "have the data itself delivered, and remove this file.";

    private Fix() {}

    static String read(String source) {
      return "read it with " + source + "(…), or deliver it as text.";
    }
  }
}
