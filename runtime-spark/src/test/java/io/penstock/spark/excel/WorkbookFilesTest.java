package io.penstock.spark.excel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.spark.records.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Files that are no workbooks, or are made to do harm, are named as what they are. */
final class WorkbookFilesTest {
  private static final long MEMORY = 64L << 20;
  private static final String SAVE =
      "save it again, in a spreadsheet, as \"Excel Workbook (.xlsx)\"";

  private static final byte[] COMPOUND_FILE = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };

  /** Why a file is refused, and what its author can do. */
  private static String refused(byte[] file, long memory) {
    UnreadableWorkbookException thrown =
        catchThrowableOfType(
            UnreadableWorkbookException.class,
            () -> {
              try (OpenWorkbook workbook = OpenWorkbook.of(new ByteArrayInputStream(file), memory);
                  SheetRows rows = workbook.rows(Optional.empty())) {
                Optional<SheetRow> row = rows.next();
                while (row.isPresent()) {
                  row = rows.next();
                }
              }
            });
    assertThat(thrown).as("read in spite of all").isNotNull();
    MalformedInputException failure = thrown.of("in/a.xlsx");
    assertThat(failure.file()).isEqualTo("in/a.xlsx");
    return failure.reason() + "; " + failure.failure().fix();
  }

  private static String refused(byte[] file) {
    return refused(file, MEMORY);
  }

  private static byte[] text(String text) {
    return text(text, StandardCharsets.UTF_8);
  }

  private static byte[] text(String text, Charset encoding) {
    return text.getBytes(encoding);
  }

  /** A file of Microsoft's older programs, with a name in its directory. */
  private static byte[] compoundFile(String name) {
    byte[] file = Arrays.copyOf(COMPOUND_FILE, 4096);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(bytes, 0, file, 1024, bytes.length);
    return file;
  }

  private static byte[] archive(String... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String part : parts) {
        zip.putNextEntry(new ZipEntry(part));
        zip.write('x');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Workbook shared(String text) {
    return new Workbook()
        .sheet("Data", "<row><c t=\"s\"><v>0</v></c></row>")
        .texts("<t>" + text + "</t>");
  }

  private static Workbook rows(String rows) {
    return new Workbook().sheet("Data", rows);
  }

  @Test
  void filesOfOtherKindsAreNamed() {
    record Case(Supplier<byte[]> file, String kind, String fix) {}
    for (Case other :
        List.of(
            new Case(
                () -> compoundFile("Workbook"),
                "it is a workbook of Excel 97 to 2003 (.xls)",
                SAVE),
            new Case(
                () -> compoundFile("Book"), "it is a workbook of Excel 97 to 2003 (.xls)", SAVE),
            new Case(
                () -> compoundFile("EncryptedPackage"),
                "it is protected by a password",
                "save it again without a password"),
            new Case(() -> compoundFile("WordDocument"), "it is a file of an older program", SAVE),
            new Case(
                () -> archive("[Content_Types].xml", "xl/workbook.bin"),
                "it is a binary workbook (.xlsb)",
                SAVE),
            new Case(
                () -> archive("mimetype", "content.xml"),
                "it is an OpenDocument file (.ods)",
                SAVE),
            new Case(
                () -> archive("[Content_Types].xml", "word/document.xml"),
                "it is a document of Word or PowerPoint",
                SAVE),
            new Case(
                () -> archive("a.csv"), "it is a zip archive without a workbook", "deliver the"),
            new Case(
                () -> text("\ufeffx;y\r\n1;2\r\n"),
                "it is a text file, such as CSV",
                "read it as what"),
            new Case(
                () -> text("PAR1\u0015\u0004"), "it is a Parquet file", "read it as what it is"),
            new Case(
                () -> text("%PDF-1.4\n%"), "it is a PDF document", "deliver the workbook itself"),
            new Case(
                () -> text("7z\u00bc\u00af'\u001c", StandardCharsets.ISO_8859_1),
                "it is a 7z archive",
                "deliver the workbook itself"),
            new Case(
                () -> text("\u001f\u008b\b", StandardCharsets.ISO_8859_1),
                "it is a compressed file",
                "deliver the workbook itself"),
            new Case(
                () -> text("\n<html><table>"), "it is XML or HTML", "read it as what it is"))) {
      assertThat(refused(other.file().get()))
          .startsWith(other.kind())
          .contains(other.fix())
          .contains(
              other.kind().contains("password") ? "password" : "not an Excel workbook (.xlsx)");
    }
    for (byte[] unknown :
        List.of(
            new byte[0],
            new byte[] {0, 1, 2},
            text("PK"),
            archive("[Content_Types].xml"),
            rows("").part("xl/workbook.xml", "").content(),
            rows("").part("xl/WORKBOOK.xml", "<workbook/>").content())) {
      assertThat(refused(unknown)).contains("it is damaged or cut off");
    }
  }

  @Test
  void whatInflatesBeyondMeasureIsRefusedBeforeItIsKept() {
    String much = "many words ".repeat(7 << 20);
    assertThat(refused(shared(much).content(), 1 << 20))
        .contains("it would inflate to more than 100 times its size");
    assertThat(refused(rows(much).content(), 1 << 20))
        .contains("it would inflate to more than 100 times its size");
  }

  @Test
  void whatTakesTooMuchMemoryIsRefused() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1 << 20; i++) {
      text.append((char) ('a' + random.nextInt(16)));
    }
    String most = "MiB, the most that is read into memory; deliver it in several files";
    assertThat(refused(shared(text.toString()).content(), 1 << 19)).contains("it has more", most);
    assertThat(refused(shared(text.toString()).content(), 1 << 20))
        .contains("its texts and formats have more than 1 " + most);
  }

  @Test
  void longTextsAndDeepElementsAreRefused() {
    String text = "x".repeat(9 << 20);
    String tooLong = "it holds a text of more than 16 MiB";
    assertThat(refused(shared(text + text).content())).contains(tooLong);
    assertThat(refused(shared(text + "><!-- -->" + text).content())).contains(tooLong);
    assertThat(refused(rows("<row a=\"" + text + text + "\"/>").content())).contains(tooLong);
    assertThat(
            refused(
                new Workbook()
                    .sheet("Data", "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>")
                    .texts("<t>" + text + "</t>")
                    .content()))
        .contains("the sheet 'Data' holds more than 16 MiB in the row 1");
    String deep = "<a>".repeat(300) + "</a>".repeat(300);
    assertThat(refused(rows("<row><c><f>" + deep + "</f></c></row>").content()))
        .contains("damaged or cut off");
  }

  @Test
  void documentTypesAreRefused() {
    String sheet =
        "<!DOCTYPE worksheet [<!ENTITY a \"1\">]><worksheet"
            + " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>";
    assertThat(refused(rows("").part("xl/worksheets/sheet1.xml", sheet).content()))
        .contains("damaged or cut off");
  }

  @Test
  void charactersThatXmlForbidsAreRefusedWhereverTheyStand() {
    String sheet =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"> \0"
            + " <sheetData/></worksheet>";
    assertThat(refused(rows("").part("xl/worksheets/sheet1.xml", sheet).content()))
        .contains("damaged or cut off");
  }
}
