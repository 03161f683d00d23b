package io.penstock.spark.excel;

import io.penstock.spark.records.FileSignature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Recognizes files that aren't workbooks of XML, whatever their names say. */
final class OtherFormats {
  private static final byte[] ZIP = {'P', 'K'};

  /** Formats of which there is a source. */
  private static final Set<FileSignature> OF_DATA =
      EnumSet.of(FileSignature.PARQUET, FileSignature.ORC, FileSignature.AVRO);

  private static final int BEGINNING = 512;
  private static final String NOT_A_WORKBOOK = ", and not an Excel workbook (.xlsx)";
  private static final String READ_OTHERWISE =
      "read it as what it is, or save it as \"Excel Workbook (.xlsx)\".";
  private static final String DELIVER_WORKBOOK =
      "deliver the workbook itself, as \"Excel Workbook (.xlsx)\".";

  private OtherFormats() {}

  /** What a file is that is no archive; empty for an archive. */
  static Optional<UnreadableWorkbookException> ofFile(byte[] file) {
    if (startsWith(file, ZIP)) {
      return Optional.empty();
    }
    int length = Math.min(file.length, BEGINNING);
    Optional<FileSignature> signature =
        FileSignature.of(new String(file, 0, length, StandardCharsets.ISO_8859_1));
    return Optional.of(
        signature
            .flatMap(found -> signed(file, found))
            .or(() -> text(file).map(kind -> because(kind, READ_OTHERWISE)))
            .orElseGet(UnreadableWorkbookException::damaged));
  }

  /**
   * What an archive is that holds other parts than a workbook of XML.
   *
   * @param has whether there is a part
   */
  static Optional<UnreadableWorkbookException> ofArchive(Predicate<String> has) {
    if (has.test("xl/workbook.bin")) {
      return Optional.of(saveAs("a binary workbook (.xlsb)"));
    }
    if (has.test("mimetype") && has.test("content.xml")) {
      return Optional.of(saveAs("an OpenDocument file (.ods)"));
    }
    if (has.test("word/document.xml") || has.test("ppt/presentation.xml")) {
      return Optional.of(saveAs("a document of Word or PowerPoint"));
    }
    return has.test("[Content_Types].xml")
        ? Optional.empty()
        : Optional.of(because("a zip archive without a workbook", DELIVER_WORKBOOK));
  }

  private static Optional<UnreadableWorkbookException> signed(
      byte[] file, FileSignature signature) {
    return switch (signature) {
      // These need not come from a server: old programs write them by the name of a workbook.
      case HTML, XML -> Optional.empty();
      case OLD_OFFICE -> Optional.of(compoundFile(file));
      // A workbook isn't decompressed before.
      case TWICE -> Optional.of(because("a compressed file", DELIVER_WORKBOOK));
      default ->
          Optional.of(
              because(
                  signature.description(),
                  OF_DATA.contains(signature) ? READ_OTHERWISE : DELIVER_WORKBOOK));
    };
  }

  private static UnreadableWorkbookException because(String kind, String fix) {
    return UnreadableWorkbookException.because("it is " + kind + NOT_A_WORKBOOK, fix);
  }

  /** A file of Microsoft's older programs, or one of the newer ones with a password. */
  private static UnreadableWorkbookException compoundFile(byte[] file) {
    if (holds(file, "EncryptedPackage")) {
      return UnreadableWorkbookException.because(
          "it is protected by a password, and encrypted",
          "save it again without a password, as \"Excel Workbook (.xlsx)\".");
    }
    return saveAs(
        holds(file, "Workbook") || holds(file, "Book")
            ? "a workbook of Excel 97 to 2003 (.xls)"
            : "a file of an older program, such as Excel 97 (.xls)");
  }

  private static UnreadableWorkbookException saveAs(String kind) {
    return UnreadableWorkbookException.saveAgain("it is " + kind + NOT_A_WORKBOOK);
  }

  /** Whether the directory of a compound file holds a name. */
  private static boolean holds(byte[] file, String name) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    for (int i = 0; i + bytes.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + bytes.length, bytes, 0, bytes.length)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> text(byte[] file) {
    int length = Math.min(file.length, BEGINNING);
    if (length == 0) {
      return Optional.empty();
    }
    for (int i = 0; i < length; i++) {
      boolean control = file[i] >= 0 && file[i] < ' ';
      if (control && file[i] != '\t' && file[i] != '\n' && file[i] != '\r') {
        return Optional.empty();
      }
    }
    String beginning = new String(file, 0, length, StandardCharsets.UTF_8).strip();
    return Optional.of(
        beginning.replace("\ufeff", "").startsWith("<")
            ? "XML or HTML"
            : "a text file, such as CSV");
  }

  private static boolean startsWith(byte[] file, byte[] mark) {
    return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length);
  }
}
