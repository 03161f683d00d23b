package io.penstock.spark.excel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Recognizes files that aren't workbooks of XML, whatever their names say. */
final class OtherFormats {
  private static final byte[] ZIP = {'P', 'K'};

  /**
   * Begins the files of Microsoft's older programs, and those of the newer ones with a password.
   */
  private static final byte[] COMPOUND_FILE = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };

  private static final int BEGINNING = 512;
  private static final String NOT_A_WORKBOOK = ", and not an Excel workbook (.xlsx)";

  private OtherFormats() {}

  /** What a file is that is no archive; empty for an archive. */
  static Optional<UnreadableWorkbookException> of(byte[] file) {
    if (startsWith(file, ZIP)) {
      return Optional.empty();
    }
    if (startsWith(file, COMPOUND_FILE)) {
      return Optional.of(compoundFile(file));
    }
    return Optional.of(
        text(file)
            .map(
                kind ->
                    UnreadableWorkbookException.because(
                        "it is " + kind + NOT_A_WORKBOOK,
                        "read it as what it is, or save it as \"Excel Workbook (.xlsx)\"."))
            .orElseGet(UnreadableWorkbookException::damaged));
  }

  /**
   * What an archive is that holds other parts than a workbook of XML.
   *
   * @param has whether there is a part
   */
  static Optional<UnreadableWorkbookException> of(Predicate<String> has) {
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
        : Optional.of(
            UnreadableWorkbookException.because(
                "it is a zip archive without a workbook" + NOT_A_WORKBOOK,
                "deliver the workbook itself, as \"Excel Workbook (.xlsx)\"."));
  }

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
