package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.dsl.Penstock;
import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are not what they should be, of every format and into every sink: what it is called,
 * which file is to blame, and that nothing is published.
 *
 * <p>What nothing in a file can tell is left out: plain text that is cut between two lines, or of
 * which one byte is another.
 */
@Tag("spark")
final class DamagedFilesTest {
  private static final String SCHEMA = "id BIGINT, name STRING";
  private static final int ROWS = 200;

  /** How many places of a file are flipped, the first and the last among them. */
  private static final int FLIPPED = 16;

  @TempDir private static Path directory;
  private static EngineLake lake;
  private static byte[] parquet;

  /** What can happen to a file. */
  enum Damage {
    CUT,
    EMPTY,
    FOREIGN,
    FLIPPED,
    NOT_COMPRESSED,
    /** Behind what is whole comes more that is damaged, where one member follows another. */
    SECOND_MEMBER_FLIPPED,
    SECOND_MEMBER_BEGUN,
    SECOND_MEMBER_CUT,
    FOREIGN_TAIL,
    /** Before the quote that ends the last field. */
    CUT_IN_QUOTES,
    NOT_UTF8,
    NUL,
    REMOVED
  }

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.sql("SELECT id, concat('name', id) AS name FROM range(" + ROWS + ")")
        .coalesce(1)
        .write()
        .parquet(lake.path("made").toString());
    parquet = bytes(only("made", ".parquet"));
    lake.table("raw/table", "SELECT id, 'x' AS name FROM range(" + ROWS + ")");
    lake.table("raw/table", "SELECT id, 'y' AS name FROM range(" + ROWS + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "csv,     EMPTY,          DATA,    MALFORMED_INPUT",
    "csv,     FOREIGN,        DATA,    MALFORMED_INPUT",
    "csv,     NOT_UTF8,       DATA,    MALFORMED_INPUT",
    "csv,     NUL,            DATA,    MALFORMED_INPUT",
    "csv,     CUT_IN_QUOTES,  DATA,    MALFORMED_INPUT",
    "csv,     REMOVED,        TRY_AGAIN, INPUT_CHANGED",
    "csv.gz,  CUT,            DATA,    MALFORMED_INPUT",
    "csv.gz,  EMPTY,          DATA,    MALFORMED_INPUT",
    "csv.gz,  FOREIGN,        DATA,    MALFORMED_INPUT",
    "csv.gz,  FLIPPED,        DATA,    MALFORMED_INPUT",
    "csv.gz,  NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "csv.gz,  SECOND_MEMBER_FLIPPED, DATA, MALFORMED_INPUT",
    "csv.gz,  SECOND_MEMBER_CUT, DATA, MALFORMED_INPUT",
    "csv.gz,  SECOND_MEMBER_BEGUN, DATA, MALFORMED_INPUT",
    "csv.gz,  FOREIGN_TAIL,   DATA,    MALFORMED_INPUT",
    "csv.zst, SECOND_MEMBER_FLIPPED, DATA, MALFORMED_INPUT",
    "csv.zst, SECOND_MEMBER_CUT, DATA, MALFORMED_INPUT",
    "csv.zst, SECOND_MEMBER_BEGUN, DATA, MALFORMED_INPUT",
    "csv.zst, FOREIGN_TAIL,   DATA,    MALFORMED_INPUT",
    "json.gz, SECOND_MEMBER_FLIPPED, DATA, MALFORMED_INPUT",
    "json.gz, SECOND_MEMBER_CUT, DATA, MALFORMED_INPUT",
    "json.gz, SECOND_MEMBER_BEGUN, DATA, MALFORMED_INPUT",
    "json.gz, FOREIGN_TAIL,   DATA,    MALFORMED_INPUT",
    "txt.gz,  SECOND_MEMBER_FLIPPED, DATA, MALFORMED_INPUT",
    "txt.gz,  SECOND_MEMBER_CUT, DATA, MALFORMED_INPUT",
    "txt.gz,  SECOND_MEMBER_BEGUN, DATA, MALFORMED_INPUT",
    "txt.gz,  FOREIGN_TAIL,   DATA,    MALFORMED_INPUT",
    "csv.gz,  NOT_UTF8,       DATA,    MALFORMED_INPUT",
    "csv.gz,  CUT_IN_QUOTES,  DATA,    MALFORMED_INPUT",
    "csv.zst, CUT_IN_QUOTES,  DATA,    MALFORMED_INPUT",
    "csv.zst, CUT,            DATA,    MALFORMED_INPUT",
    "csv.zst, EMPTY,          DATA,    MALFORMED_INPUT",
    "csv.zst, FOREIGN,        DATA,    MALFORMED_INPUT",
    "csv.zst, FLIPPED,        DATA,    MALFORMED_INPUT",
    "csv.zst, NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "csv.bz2, CUT,            DATA,    MALFORMED_INPUT",
    "csv.bz2, FLIPPED,        DATA,    MALFORMED_INPUT",
    "csv.bz2, SECOND_MEMBER_FLIPPED, DATA, MALFORMED_INPUT",
    "csv.bz2, SECOND_MEMBER_CUT, DATA, MALFORMED_INPUT",
    "csv.bz2, SECOND_MEMBER_BEGUN, DATA, MALFORMED_INPUT",
    "csv.bz2, FOREIGN_TAIL,   DATA,    MALFORMED_INPUT",
    "csv.bz2, NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "csv.zip, CUT,            DATA,    MALFORMED_INPUT",
    "csv.zip, FLIPPED,        DATA,    MALFORMED_INPUT",
    "csv.zip, NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "json.zip, CUT,           DATA,    MALFORMED_INPUT",
    "json.bz2, FLIPPED,       DATA,    MALFORMED_INPUT",
    "txt.bz2, CUT,            DATA,    MALFORMED_INPUT",
    "txt.zip, FLIPPED,        DATA,    MALFORMED_INPUT",
    "json,    EMPTY,          DATA,    MALFORMED_INPUT",
    "json.gz, EMPTY,          DATA,    MALFORMED_INPUT",
    "txt,     EMPTY,          DATA,    MALFORMED_INPUT",
    "txt.gz,  EMPTY,          DATA,    MALFORMED_INPUT",
    "json,    CUT,            DATA,    MALFORMED_INPUT",
    "json,    FOREIGN,        DATA,    MALFORMED_INPUT",
    "json,    NUL,            DATA,    MALFORMED_INPUT",
    "json,    NOT_UTF8,       DATA,    MALFORMED_INPUT",
    "json.gz, NOT_UTF8,       DATA,    MALFORMED_INPUT",
    "json,    REMOVED,        TRY_AGAIN, INPUT_CHANGED",
    "json.gz, CUT,            DATA,    MALFORMED_INPUT",
    "json.gz, FOREIGN,        DATA,    MALFORMED_INPUT",
    "json.gz, FLIPPED,        DATA,    MALFORMED_INPUT",
    "json.gz, NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "txt,     REMOVED,        TRY_AGAIN, INPUT_CHANGED",
    "txt.gz,  CUT,            DATA,    MALFORMED_INPUT",
    "txt.gz,  FOREIGN,        DATA,    MALFORMED_INPUT",
    "txt.gz,  FLIPPED,        DATA,    MALFORMED_INPUT",
    "txt.gz,  NOT_COMPRESSED, DATA,    MALFORMED_INPUT",
    "parquet, CUT,            DATA,    MALFORMED_INPUT",
    "parquet, EMPTY,          DATA,    MALFORMED_INPUT",
    "parquet, FOREIGN,        DATA,    MALFORMED_INPUT",
    "parquet, FLIPPED,        DATA,    MALFORMED_INPUT",
    "parquet, REMOVED,        TRY_AGAIN, INPUT_CHANGED",
  })
  void aDamagedFileIsNamedAndNothingIsPublished(
      String format, Damage damage, FailureKind kind, String code) throws IOException {
    String folder = "in/" + format + "-" + damage;
    String name = "b." + format;
    write(folder + "/a." + format, made(format));
    write(folder + "/" + name, damaged(format, damage));

    for (String sink : new String[] {"mart", "export"}) {
      Failure failure =
          failure(rowsOf(format, folder), sink + "/of-" + format + "-" + damage, folder, damage);

      assertThat(failure.kind()).as(failure.message()).isEqualTo(kind);
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.message()).contains(folder + "/" + name);
      write(folder + "/" + name, damaged(format, damage));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CUT,     mart",
    "EMPTY,   mart",
    "FOREIGN, export",
    "FLIPPED, mart",
    "REMOVED, export",
  })
  void aDamagedFileOfATableIsNamedWithTheTable(Damage damage, String sink) throws IOException {
    String table = copyOfTable("data-" + damage);
    Path file = dataFile(table);
    if (damage == Damage.REMOVED) {
      Files.delete(file);
    } else {
      Files.write(file, damaged(bytes(file), damage));
    }

    Failure failure =
        failure(Penstock.read(delta(table)), sink + "/of-" + damage, table, Damage.FOREIGN);

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("TABLE_DAMAGED");
    assertThat(failure.message()).contains("'" + table + "'", file.getFileName().toString());
  }

  @ParameterizedTest
  @CsvSource({"CUT", "FOREIGN"})
  void aDamagedLogIsNamedWithTheTable(Damage damage) throws IOException {
    String table = copyOfTable("log-" + damage);
    Path entry = lake.path(table + "/_delta_log/00000000000000000001.json");
    Files.write(entry, damaged(bytes(entry), damage));

    Failure failure =
        failure(Penstock.read(delta(table)), "mart/of-log-" + damage, table, Damage.FOREIGN);

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("TABLE_DAMAGED");
    assertThat(failure.message()).contains(table);
  }

  @ParameterizedTest
  @CsvSource({
    "csv,  lzo,   lzo",
    "csv,  7z,    7z",
    "json, snappy, snappy",
    "txt,  lz4,   lz4",
    "json, xz,    xz",
    "txt,  br,    brotli",
  })
  void aCompressionThatNobodyHereCanUndoIsFoundBeforeAnythingIsComputed(
      String format, String suffix, String codec) throws IOException {
    String folder = "in/" + format + "-" + suffix;
    write(folder + "/b." + format + "." + suffix, made(format));

    RunFailedException refused =
        catchThrowableOfType(
            RunFailedException.class,
            () -> lake.compile(rowsOf(format, folder).to(delta("mart/undone").overwrite())));

    assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(refused.failure().code()).isEqualTo("CODEC_MISSING");
    assertThat(refused.failure().message()).contains("b." + format + "." + suffix, codec);
  }

  /** Its name tells nothing, but its end does: which of its columns are compressed by what. */
  @ParameterizedTest
  @CsvSource({"BROTLI", "LZO"})
  void aParquetFileWhoseCompressionNobodyHereCanUndoIsFoundBeforeAnythingIsComputed(
      CompressionCodec codec) throws IOException {
    String folder = "in/parquet-" + codec;
    write(folder + "/a.parquet", parquet);
    write(folder + "/b.parquet", naming(codec, parquet));

    RunFailedException refused =
        catchThrowableOfType(
            RunFailedException.class,
            () -> lake.compile(rowsOf("parquet", folder).to(delta("mart/undone").overwrite())));

    assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(refused.failure().code()).isEqualTo("CODEC_MISSING");
    assertThat(refused.failure().message())
        .isEqualTo(
            "Cannot read %s: it is compressed with %s, for which a library is missing."
                .formatted(
                    lake.path(folder + "/b.parquet"), codec.name().toLowerCase(Locale.ROOT)));
    assertThat(refused.failure().fix()).contains("another compression", "library");
  }

  /** Its magic number stands at both ends, and the length of its footer before the second. */
  @Test
  void aParquetFileIsFoundWhereverItIsCut() throws IOException {
    String folder = "in/parquet-cut-anywhere";
    IntStream lengths =
        IntStream.concat(
            IntStream.iterate(0, at -> at < parquet.length, at -> at + parquet.length / 32),
            IntStream.rangeClosed(1, 12).map(missing -> parquet.length - missing));

    for (int length : lengths.toArray()) {
      write(folder + "/b.parquet", Arrays.copyOf(parquet, length));

      RunFailedException refused =
          catchThrowableOfType(
              RunFailedException.class,
              () -> lake.compile(rowsOf("parquet", folder).to(delta("mart/cut").overwrite())));

      assertThat(refused).as("cut to %d of %d bytes", length, parquet.length).isNotNull();
      assertThat(refused.failure().code()).isEqualTo("MALFORMED_INPUT");
    }
  }

  @Test
  void aMissingCompressionDoesNotHideADamagedFileBesideIt() throws IOException {
    String folder = "in/parquet-both";
    write(folder + "/a.parquet", naming(CompressionCodec.BROTLI, parquet));
    write(folder + "/b.parquet", damaged(parquet, Damage.CUT));

    RunFailedException refused =
        catchThrowableOfType(
            RunFailedException.class,
            () -> lake.compile(rowsOf("parquet", folder).to(delta("mart/undone").overwrite())));

    assertThat(refused.failure().kind()).isEqualTo(FailureKind.DATA);
    assertThat(refused.failure().message())
        .contains(
            "2 of 2 files", "a.parquet: it is compressed with brotli", "b.parquet: it is not");
  }

  @ParameterizedTest
  @CsvSource({"BROTLI", "LZO"})
  void aCompressionThatIsMissingForATablesFileIsNamedAndNothingIsPublished(CompressionCodec codec)
      throws IOException {
    String table = copyOfTable("data-" + codec);
    Path file = dataFile(table);
    Files.write(file, naming(codec, bytes(file)));

    Failure failure =
        failure(Penstock.read(delta(table)), "mart/of-" + codec, table, Damage.FOREIGN);

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("CODEC_MISSING");
    assertThat(failure.message())
        .contains(file.getFileName().toString(), codec.name().toLowerCase(Locale.ROOT));
  }

  /** The same file, at whose end the last column has another compression: as many bytes. */
  private static byte[] naming(CompressionCodec codec, byte[] file) throws IOException {
    int end = file.length - 8;
    int footer = footerOf(file);
    FileMetaData metadata =
        Util.readFileMetaData(new ByteArrayInputStream(file, footer, end - footer));
    List<ColumnChunk> columns = metadata.getRow_groups().get(0).getColumns();
    columns.get(columns.size() - 1).getMeta_data().setCodec(codec);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, named);
    assertThat(named.size()).isEqualTo(end - footer);
    byte[] copy = file.clone();
    System.arraycopy(named.toByteArray(), 0, copy, footer, named.size());
    return copy;
  }

  /** Where the description of a Parquet file begins; its length stands behind it. */
  private static int footerOf(byte[] file) {
    int end = file.length - 8;
    return end - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
  }

  /** All by which Spark writes Parquet files, save what needs native libraries. */
  @ParameterizedTest
  @CsvSource({"uncompressed", "snappy", "gzip", "lz4", "lz4_raw", "zstd"})
  void aParquetFileOfAKnownCompressionIsRead(String codec) {
    String folder = "in/parquet-by-" + codec;
    lake.sql("SELECT id, concat('name', id) AS name FROM range(" + ROWS + ")")
        .coalesce(1)
        .write()
        .option("compression", codec)
        .parquet(lake.path(folder).toString());

    lake.succeed(rowsOf("parquet", folder).to(delta("mart/by-" + codec).overwrite()));

    assertSameRows(
        lake.sql("SELECT id, concat('name', id) AS name FROM range(" + ROWS + ")"),
        lake.rows("mart/by-" + codec));
  }

  @Test
  void aFileBesideParquetFilesIsTakenForOneWhereItsNameIsAskedFor() throws IOException {
    String folder = "in/parquet-README";
    write(folder + "/a.parquet", parquet);
    write(folder + "/README", damaged(parquet, Damage.FOREIGN));

    RunFailedException refused =
        catchThrowableOfType(
            RunFailedException.class,
            () ->
                lake.compile(
                    Penstock.read(parquet(folder).files("*"))
                        .to(delta("mart/beside").overwrite())));

    assertThat(refused.failure().kind()).isEqualTo(FailureKind.DATA);
    assertThat(refused.failure().code()).isEqualTo("MALFORMED_INPUT");
    assertThat(refused.failure().message())
        .isEqualTo(
            "Cannot read %s: it is not a Parquet file that is whole."
                .formatted(lake.path(folder + "/README")));
    assertThat(
            lake.compile(rowsOf("parquet", folder).to(delta("mart/beside").overwrite()))
                .plan()
                .inputs()
                .get(0)
                .leftOut())
        .containsExactly(folder + "/README");
  }

  /** Most of a file is covered by checksums; to the rest belong times and names nobody reads. */
  @ParameterizedTest
  @CsvSource({"csv.gz", "csv.zst", "csv.bz2", "csv.zip", "json.gz", "txt.gz", "parquet"})
  void aFlippedBitIsFoundOrNoRowIsAnotherOne(String format) throws IOException {
    byte[] whole = made(format);
    // What follows in a Parquet file has no checksum, as its format has none for it.
    int end = format.equals("parquet") ? footerOf(whole) : whole.length;
    List<List<Optional<String>>> rows = looked(format, whole);
    int found = 0;
    for (int i = 0; i < FLIPPED; i++) {
      byte[] flipped = whole.clone();
      int offset = (int) ((long) i * (end - 1) / (FLIPPED - 1));
      flipped[offset] ^= 0x10;
      try {
        assertThat(looked(format, flipped)).as("bit at " + offset).isEqualTo(rows);
      } catch (RunFailedException e) {
        found++;
        assertThat(e.failure().kind())
            .as("%s at %s", e.failure(), offset)
            .isEqualTo(FailureKind.DATA);
        assertThat(e.failure().code()).isEqualTo("MALFORMED_INPUT");
        assertThat(e.failure().message()).contains("flipped-" + format + "/b." + format);
      }
    }
    assertThat(found).as("found flips").isGreaterThan(FLIPPED / 2);
  }

  private static List<List<Optional<String>>> looked(String format, byte[] content)
      throws IOException {
    String folder = "in/flipped-" + format;
    write(folder + "/b." + format, content);
    return lake.engine().view(rowsOf(format, folder), Optional.empty()).first(2 * ROWS).rows();
  }

  @ParameterizedTest
  @CsvSource({"csv.gz", "csv.zst", "json.gz", "txt.gz"})
  void aFileThatIsWholeIsRead(String format) throws IOException {
    String folder = "in/whole-" + format;
    write(folder + "/a." + format, made(format));

    RunReport report = lake.succeed(rowsOf(format, folder).to(csv("export/whole").overwrite()));

    assertThat(report.outputs().get(0).rows()).isEqualTo(ROWS);
  }

  /** Java's own stream may end behind the first where the file below has nothing at hand. */
  @ParameterizedTest
  @CsvSource({"json.gz", "txt.gz", "csv.gz", "csv.zst", "csv.bz2"})
  void everyMemberOfAFileIsRead(String format) throws IOException {
    String folder = "in/members-" + format;
    write(folder + "/a." + format, twoMembers(format));

    RunReport report = lake.succeed(rowsOf(format, folder).to(csv("export/members").overwrite()));

    assertThat(report.outputs().get(0).rows()).isEqualTo(2 * ROWS);
  }

  /** The second has no header of its own. */
  private static byte[] twoMembers(String format) {
    byte[] first = made(format);
    byte[] second =
        baseOf(format).equals("csv")
            ? compressed(format, lines("", "%1$d,name%1$d\n"))
            : made(format);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @ParameterizedTest
  @CsvSource({"json", "txt"})
  void aFileWithoutLinesIsReadWhereTheAuthorAcceptsIt(String format) throws IOException {
    String folder = "in/without-" + format;
    write(folder + "/a." + format, made(format));
    write(folder + "/b." + format, new byte[0]);
    Rows rows =
        Penstock.read(
            format.equals("json") ? json(folder).schema(SCHEMA).orEmpty() : text(folder).orEmpty());

    RunReport report = lake.succeed(rows.to(csv("export/without").overwrite()));

    assertThat(report.outputs().get(0).rows()).isEqualTo(ROWS);
  }

  private static Failure failure(Rows rows, String target, String folder, Damage damage)
      throws IOException {
    Write write =
        target.startsWith("mart")
            ? rows.to(delta(target).overwrite())
            : rows.to(csv(target).overwrite());
    CompiledRun run;
    try {
      run = lake.compile(write);
    } catch (RunFailedException e) {
      return e.failure();
    }
    Path file = only(folder, "b.");
    if (damage == Damage.REMOVED) {
      Files.delete(file);
    }
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    if (target.startsWith("mart") && Files.exists(lake.path(target + "/_delta_log"))) {
      assertThat(lake.rows(target).count()).isZero();
    }
    assertThat(lake.path(target + "/_published")).doesNotExist();
    return report.failure().orElseThrow();
  }

  private static Rows rowsOf(String format, String folder) {
    return switch (baseOf(format)) {
      case "csv" -> Penstock.read(csv(folder).schema(SCHEMA));
      case "json" -> Penstock.read(json(folder).schema(SCHEMA));
      case "parquet" -> Penstock.read(parquet(folder));
      case "txt" -> Penstock.read(text(folder));
      default -> throw new IllegalArgumentException("Nobody wrote how to read " + format);
    };
  }

  /** The format of {@code json.gz} without its compression. */
  private static String baseOf(String format) {
    int dot = format.indexOf('.');
    return dot < 0 ? format : format.substring(0, dot);
  }

  private static byte[] made(String format) {
    byte[] plain =
        switch (baseOf(format)) {
          case "csv" -> lines("id,name\n", "%1$d,name%1$d\n");
          case "json" -> lines("", "{\"id\": %1$d, \"name\": \"name%1$d\"}\n");
          case "parquet" -> parquet;
          case "txt" -> lines("", "line %1$d\n");
          default -> throw new IllegalArgumentException("Nobody wrote how to make " + format);
        };
    return compressed(format, plain);
  }

  private static byte[] damaged(String format, Damage damage) {
    return switch (damage) {
      case NOT_COMPRESSED -> made(baseOf(format));
      case CUT_IN_QUOTES ->
          compressed(
              format,
              (new String(made(baseOf(format)), StandardCharsets.UTF_8) + ROWS + ",\"na\nme")
                  .getBytes(StandardCharsets.UTF_8));
      case NOT_UTF8 ->
          compressed(
              format,
              new String(made(baseOf(format)), StandardCharsets.UTF_8)
                  .replace("name7", "M\u00fcller")
                  .getBytes(StandardCharsets.ISO_8859_1));
      case NUL ->
          compressed(
              format,
              new String(made(baseOf(format)), StandardCharsets.UTF_8)
                  .replace("77", "7\u00007")
                  .getBytes(StandardCharsets.UTF_8));
      default -> damaged(made(format), damage);
    };
  }

  private static byte[] damaged(byte[] whole, Damage damage) {
    byte[] copy = whole.clone();
    switch (damage) {
      case CUT -> copy = Arrays.copyOf(whole, whole.length / 2);
      case SECOND_MEMBER_FLIPPED -> {
        copy = twice(whole);
        copy[whole.length] ^= 0x10;
      }
      case SECOND_MEMBER_BEGUN -> copy = Arrays.copyOf(twice(whole), whole.length + 5);
      case SECOND_MEMBER_CUT -> copy = Arrays.copyOf(twice(whole), whole.length * 3 / 2);
      case FOREIGN_TAIL -> {
        copy = Arrays.copyOf(whole, whole.length + 4);
        System.arraycopy("3,x\n".getBytes(StandardCharsets.UTF_8), 0, copy, whole.length, 4);
      }
      case EMPTY -> copy = new byte[0];
      case FOREIGN ->
          copy = "This folder holds what the shop sells.\n".getBytes(StandardCharsets.UTF_8);
      case FLIPPED -> copy[whole.length / 3] ^= 0x10;
      default -> {}
    }
    return copy;
  }

  private static byte[] twice(byte[] member) {
    byte[] both = Arrays.copyOf(member, 2 * member.length);
    System.arraycopy(member, 0, both, member.length, member.length);
    return both;
  }

  private static byte[] lines(String header, String line) {
    return (header
            + IntStream.range(0, ROWS)
                .mapToObj(i -> String.format(Locale.ROOT, line, i))
                .collect(Collectors.joining()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(String format, byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (format.substring(baseOf(format).length())) {
          case ".gz" -> new GZIPOutputStream(bytes);
          case ".zst" -> new ZstdOutputStream(bytes).setChecksum(true);
          case ".bz2" -> new BZip2CompressorOutputStream(bytes);
          case ".zip" -> {
            ZipOutputStream zip = new ZipOutputStream(bytes);
            zip.putNextEntry(new ZipEntry("a." + baseOf(format)));
            yield zip;
          }
          default -> bytes;
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(String path, byte[] content) throws IOException {
    Files.createDirectories(lake.path(path).getParent());
    Files.write(lake.path(path), content);
  }

  /** In a place of its own, because Delta remembers the log of a table by its path. */
  private static String copyOfTable(String name) throws IOException {
    Path from = lake.path("raw/table");
    Path to = lake.path("raw/" + name);
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.filter(one -> !one.toString().endsWith(".crc")).toList()) {
        Path copy = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
    return "raw/" + name;
  }

  private static Path dataFile(String table) {
    return Path.of(URI.create(lake.rows(table).inputFiles()[0]));
  }

  private static Path only(String folder, String part) {
    try (Stream<Path> files = Files.list(lake.path(folder))) {
      Optional<Path> found =
          files
              .filter(file -> file.getFileName().toString().contains(part))
              .filter(file -> !file.getFileName().toString().endsWith(".crc"))
              .findFirst();
      return found.orElse(lake.path(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
