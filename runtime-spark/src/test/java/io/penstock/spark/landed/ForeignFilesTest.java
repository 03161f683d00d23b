package io.penstock.spark.landed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.spark.csv.CsvFormat;
import io.penstock.spark.json.JsonFormat;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.TextEncoding;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spec.JsonSource.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of another format that was taken for text is refused with the name of what it is. */
@Tag("spark")
final class ForeignFilesTest {
  private static final StructType COLUMNS = StructType.fromDDL("value STRING");
  private static final byte[] CSV = "id,name\n1,x\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void lake() {
    lake = new EngineLake(directory);
  }

  /** A format, what it is called, and what is to be done. */
  enum Foreign {
    PARQUET("a Parquet file", "Read it with parquet(…)"),
    ORC("an ORC file", "Read it with orc(…)"),
    AVRO("an Avro file", "Read it with avro(…)"),
    EXCEL("an Excel workbook", "Read it with excel(…)"),
    /** Other programs begin the archive with other parts. */
    EXCEL_OF_ANOTHER_PROGRAM("an Excel workbook", "Read it with excel(…)"),
    WORD("an office document", "Have the data itself delivered"),
    OPEN_DOCUMENT("a document of an office program, such as .ods", "excel(…)"),
    OLD_EXCEL("a document of an older office program, such as .xls", "excel(…)"),
    SQLITE("an SQLite database", "Have its tables delivered"),
    XZ("a file compressed with xz", "such as gzip"),
    LZ4("a file compressed with lz4", "such as gzip"),
    SNAPPY("a file compressed with snappy", "such as gzip"),
    LZOP("a file compressed with lzop", "such as gzip"),
    SEVEN_ZIP("a 7z archive", "Deliver the files in it one by one"),
    RAR("a rar archive", "Deliver the files in it one by one"),
    TAR("a tar archive", "Deliver the files in it one by one"),
    TAR_GZ("a tar archive", "Deliver the files in it one by one"),
    EMPTY_ZIP("a zip archive without a file", "Have the data itself delivered"),
    TWICE("a file that was compressed twice", "Deliver it compressed once");

    private final String name;
    private final String fix;

    Foreign(String name, String fix) {
      this.name = name;
      this.fix = fix;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNamedWhateverItWasTakenFor(Foreign foreign) throws IOException {
    byte[] content = content(foreign);
    // Every byte is a character of IBM850.
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("IBM850"))) {
      for (RecordFormat format : formats()) {
        MalformedInputException refused = refused(content, format, charset);
        assertThat(refused.line()).isZero();
        assertThat(refused.reason()).startsWith("it looks like " + foreign.name);
        assertThat(refused).hasMessageContaining(foreign.fix);
      }
    }
  }

  /** What is text, too, may be meant as such: lines of it are read. */
  @Test
  void aPageIsNamedWhereARecordDoesNotFit() throws IOException {
    String page = "\n<!DOCTYPE html>\n<html><body>Please log in</body></html>\n";

    for (RecordFormat format : List.of(csv(), json())) {
      assertThat(refused(bytes(page), format, StandardCharsets.UTF_8))
          .hasMessageContaining("; the file looks like an HTML page")
          .hasMessageContaining("Have the data itself delivered");
      assertThat(refused(bytes("<?xml version='1.0'?>\n<a/>"), format, StandardCharsets.UTF_8))
          .hasMessageContaining("; the file looks like an XML document");
    }
    assertThat(read(bytes(page), new TextLines(), StandardCharsets.UTF_8)).hasSize(3);
  }

  @Test
  void aPdfDocumentIsNamedWhereItIsNoText() throws IOException {
    byte[] content = "%PDF-1.7\n%âãÏÓ\n1 0 obj\n".getBytes(StandardCharsets.ISO_8859_1);

    for (RecordFormat format : formats()) {
      assertThat(refused(content, format, StandardCharsets.UTF_8))
          .hasMessageContaining("; the file looks like a PDF document");
    }
  }

  /** The marks of some formats are words. */
  @Test
  void aTextThatBeginsWithAWordIsOne() throws IOException {
    for (String text :
        List.of(
            "ORC",
            "ORCID,\u0001\n",
            "PAR1,x",
            "Obj\u0001x",
            "Rar!",
            "7z,x",
            "PK",
            "BZh9",
            "<a>",
            "SQLite format 3,",
            "%PDF",
            "[Content_Types].xml",
            "xl/workbook.xml",
            "mimetype")) {
      assertThat(read(bytes(text + "\nx\n"), new TextLines(), StandardCharsets.UTF_8))
          .as(text)
          .hasSizeGreaterThan(1)
          .startsWith(text.lines().findFirst().orElseThrow());
    }
  }

  @Test
  void aFolderInAnArchiveMayHaveAnyName() throws IOException {
    byte[] content = zip("xl/a.csv");

    assertThat(read(content, new TextLines(), StandardCharsets.UTF_8)).containsExactly("xl/a.csv");
  }

  private static MalformedInputException refused(
      byte[] content, RecordFormat format, Charset charset) {
    return MalformedInputException.find(catchThrowable(() -> read(content, format, charset)))
        .orElseThrow(() -> new AssertionError("It was read"));
  }

  private static List<String> read(byte[] content, RecordFormat format, Charset charset)
      throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "foreign", ".txt"), content);
    return RecordFiles.rows(
            lake.spark(),
            format,
            RecordColumns.of(COLUMNS),
            TextEncoding.of(charset),
            List.of(InputFile.of(file.toUri().toString(), content.length)))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<RecordFormat> formats() {
    return List.of(csv(), json(), new TextLines());
  }

  private static RecordFormat csv() {
    return CsvFormat.of(COLUMNS);
  }

  private static RecordFormat json() {
    return JsonFormat.of(Layout.LINES, ValueParsers.STRICT, COLUMNS);
  }

  private static byte[] content(Foreign foreign) throws IOException {
    return switch (foreign) {
      case PARQUET, ORC, AVRO, EXCEL -> delivered(LandedFiles.valueOf(foreign.name()));
      case EXCEL_OF_ANOTHER_PROGRAM ->
          zip("[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml");
      case WORD -> zip("[Content_Types].xml", "_rels/.rels", "word/document.xml");
      case OPEN_DOCUMENT -> zip("mimetype", "content.xml");
      case OLD_EXCEL -> bytes("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1\0\0");
      case SQLITE -> bytes("SQLite format 3\0\u0010\0");
      case XZ -> compressed(XZCompressorOutputStream::new);
      case LZ4 -> compressed(FramedLZ4CompressorOutputStream::new);
      case SNAPPY -> compressed(FramedSnappyCompressorOutputStream::new);
      case LZOP -> bytes("\u0089LZO\0\r\n\u001A\n\u0010");
      case SEVEN_ZIP -> sevenZip();
      case RAR -> bytes("Rar!\u001A\u0007\u0001\0");
      case TAR -> tar();
      case TAR_GZ -> gzip(tar());
      case EMPTY_ZIP -> zip();
      case TWICE -> gzip(gzip(CSV));
    };
  }

  /** Each character is the byte of its number. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] delivered(LandedFiles format) throws IOException {
    String folder = "made/" + format;
    format.deliver(lake, folder);
    try (Stream<Path> files = Files.list(lake.path(folder))) {
      Path file =
          files
              .filter(path -> !path.getFileName().toString().matches("[._].*"))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(file);
    }
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("a.csv");
      entry.setSize(CSV.length);
      tar.putArchiveEntry(entry);
      tar.write(CSV);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] sevenZip() throws IOException {
    try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
      try (SevenZOutputFile archive = new SevenZOutputFile(channel)) {
        archive.setContentCompression(SevenZMethod.COPY);
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName("a.csv");
        archive.putArchiveEntry(entry);
        archive.write(CSV);
        archive.closeArchiveEntry();
      }
      return Arrays.copyOf(channel.array(), (int) channel.size());
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private interface Compressor {
    OutputStream into(OutputStream out) throws IOException;
  }

  private static byte[] compressed(Compressor compressor) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressor.into(bytes)) {
      out.write(CSV);
    }
    return bytes.toByteArray();
  }
}
