package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.ParquetSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parquet files that aren't quite what their format says: those of old writers are read, and of
 * others no row is made of the values of another.
 */
@Tag("spark")
final class ParquetFaultsTest {
  private static final ParquetSource FILES = parquet("in");
  private static final int VALUES = 25;
  private static final int BITS = 5;

  /** The bytes of the dictionary: texts of two letters, each behind its length. */
  private static final int DICTIONARY = VALUES * (Integer.BYTES + 2);

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  @Test
  void aLastGroupOfIndicesWithoutPaddingIsReadWhereItsWriterIsKnownForIt() throws IOException {
    dictionaryFile((VALUES * BITS + 7) / 8);
    patch(footer -> footer.setCreated_by("impala version 1.2-INTERNAL (build a462ec42e550c75f)"));

    assertThat(texts(FILES)).isEqualTo(names());
  }

  @ParameterizedTest
  @CsvSource({"parquet-mr", "parquet-mr version 1.2.8 (build abc)"})
  void aDictionaryWhoseHeaderIsNotPartOfTheSizeIsRefusedWithWhatHelps(String writer)
      throws IOException {
    dictionaryFile(32 * BITS / 8);
    patch(
        footer -> {
          footer.setCreated_by(writer);
          ColumnMetaData column = column(footer);
          long header =
              column.getData_page_offset() - column.getDictionary_page_offset() - DICTIONARY;
          column.setTotal_compressed_size(column.getTotal_compressed_size() - header);
          column.setTotal_uncompressed_size(column.getTotal_uncompressed_size() - header);
        });

    Failure failure = unopened();

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .contains("/in/a.parquet: it was written by parquet-mr before its version 1.2.9");
    assertThat(failure.fix()).contains("with another program").doesNotContain("complete");
  }

  @Test
  void otherFilesOfThatTimeAreRead() throws IOException {
    dictionaryFile(32 * BITS / 8);
    patch(footer -> footer.setCreated_by("parquet-mr"));

    assertThat(texts(FILES)).isEqualTo(names());
  }

  @ParameterizedTest
  @CsvSource({
    "impala version 1.2-INTERNAL (build a), true, false",
    "impala version 1.4.4, true, false",
    "impala version 2.0.0-cdh5 (build b), false, false",
    "parquet-mr, false, true",
    "parquet-mr version 1.2.8 (build abc), false, true",
    "parquet-mr version 1.2.9, false, false",
    "parquet-mr version 1.17.0 (build abc), false, false",
    "parquet-cpp-arrow version 26.0.1, false, false",
    "somebody, false, false",
    ", false, false",
  })
  void whoWroteAFileIsToldByItsFooter(String createdBy, boolean padding, boolean headers) {
    assertThat(OldWriters.leavesOutPadding(createdBy)).isEqualTo(padding);
    assertThat(OldWriters.leavesOutHeaders(createdBy)).isEqualTo(headers);
  }

  @ParameterizedTest
  @CsvSource({
    "1 0 1 0, 2, begins in the middle of a row",
    "0 1 1 1, 2, has 1 rows in a row group of 2",
    "0 0 0 1, 2, has 3 rows in a row group of 2",
  })
  void anArrayWhoseRowsAreNotThoseOfTheFileIsRefused(String levels, int rows, String why)
      throws IOException {
    for (boolean second : new boolean[] {false, true}) {
      repeatedFile(levels, rows, second);

      for (ParquetSource source : List.of(FILES, FILES.schema("x ARRAY<BIGINT>"))) {
        Failure failure = refused(source);

        assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
        assertThat(failure.code()).isEqualTo("MALFORMED_INPUT");
        assertThat(failure.message()).contains("/in/a.parquet: it is damaged (column 'x' " + why);
        assertThat(failure.fix()).contains("deliver the file again");
      }
    }
  }

  @Test
  void anArrayIsReadWhoseRowsAreThoseOfTheFile() throws IOException {
    for (boolean second : new boolean[] {false, true}) {
      repeatedFile("0 1 1 0", 2, second);

      assertThat(texts(FILES)).isEqualTo("[1, 2, 3] [4]");
      assertThat(lake.succeed(read(FILES).to(delta("raw/x").overwrite())).outputs().get(0).rows())
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"24, 25", "26, 25"})
  void aColumnWithAnotherNumberOfValuesThanThereAreRowsIsRefused(int rows, int values)
      throws IOException {
    dictionaryFile(32 * BITS / 8);
    patch(footer -> footer.getRow_groups().get(0).setNum_rows(rows));

    Failure failure = unopened();

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .contains(
            "/in/a.parquet: it is damaged (column 'x' has %s values in a row group of %s rows)"
                .formatted(values, rows));
  }

  @Test
  void damageThatIsFoundWhereArraysAreCountedIsCalledSo() throws IOException {
    repeatedFile("0 1 1 0", 2, false);
    byte[] bytes = Files.readAllBytes(file());
    // The length of the repetition levels.
    bytes[(int) column(footer(bytes)).getData_page_offset() + pageHeader(bytes) + 1] = 0x7f;
    Files.write(file(), bytes);

    Failure failure = refused(FILES);

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("/in/a.parquet: it is ");
  }

  /** The number of bytes before the levels. */
  private static int pageHeader(byte[] bytes) throws IOException {
    int start = (int) column(footer(bytes)).getData_page_offset();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
    int before = in.available();
    Util.readPageHeader(in);
    return before - in.available();
  }

  /**
   * A file with the column {@code x}, whose values are all those of a dictionary, in order.
   *
   * @param indices how many bytes the packed indices take
   */
  private void dictionaryFile(int indices) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message m { required binary x (STRING); }");
    ByteBuffer dictionary = ByteBuffer.allocate(DICTIONARY).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : names().split(" ", -1)) {
      dictionary.putInt(name.length()).put(name.getBytes(StandardCharsets.UTF_8));
    }
    dictionary.flip();
    int[] unpacked = IntStream.range(0, 32).map(i -> i < VALUES ? i : 0).toArray();
    byte[] packed = new byte[32 * BITS / 8];
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(BITS);
    packer.pack32Values(unpacked, 0, packed, 0);
    int groups = 32 / 8;
    BytesInput page =
        BytesInput.concat(
            BytesInput.from(new byte[] {BITS, (byte) (groups << 1 | 1)}),
            BytesInput.from(packed, 0, indices));
    write(
        schema,
        VALUES,
        VALUES,
        writer -> {
          writer.writeDictionaryPage(
              new DictionaryPage(BytesInput.from(dictionary), VALUES, Encoding.PLAIN));
          writer.writeDataPage(
              VALUES,
              (int) page.size(),
              page,
              statistics(schema),
              VALUES,
              Encoding.RLE,
              Encoding.RLE,
              Encoding.RLE_DICTIONARY);
        });
  }

  private static String names() {
    return IntStream.range(0, VALUES)
        .mapToObj(i -> "v" + (char) ('a' + i))
        .collect(Collectors.joining(" "));
  }

  /** A file with arrays {@code x}, whose elements are 1, 2 and so on. */
  private void repeatedFile(String repetitions, int rows, boolean secondVersion)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { repeated int64 x; }");
    int[] levels = Arrays.stream(repetitions.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    ByteBuffer values =
        ByteBuffer.allocate(Long.BYTES * levels.length).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.rangeClosed(1, levels.length).forEach(values::putLong);
    values.flip();
    BytesInput repetition = levels(levels);
    BytesInput definition = levels(IntStream.of(levels).map(level -> 1).toArray());
    write(
        schema,
        rows,
        levels.length,
        writer -> {
          if (secondVersion) {
            writer.writeDataPageV2(
                rows,
                0,
                levels.length,
                repetition,
                definition,
                Encoding.PLAIN,
                BytesInput.from(values),
                false,
                values.remaining(),
                statistics(schema));
            return;
          }
          BytesInput page =
              BytesInput.concat(
                  BytesInput.fromInt((int) repetition.size()),
                  repetition,
                  BytesInput.fromInt((int) definition.size()),
                  definition,
                  BytesInput.from(values));
          writer.writeDataPage(
              levels.length,
              (int) page.size(),
              page,
              statistics(schema),
              rows,
              Encoding.RLE,
              Encoding.RLE,
              Encoding.PLAIN);
        });
  }

  private static BytesInput levels(int[] levels) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(1, 64, 64, new HeapByteBufferAllocator())) {
      for (int level : levels) {
        encoder.writeInt(level);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      encoder.toBytes().writeAllTo(bytes);
      return BytesInput.from(bytes.toByteArray());
    }
  }

  private static Statistics<?> statistics(MessageType schema) {
    return Statistics.createStats(schema.getFields().get(0));
  }

  /** What writes the pages of a column. */
  private interface Pages {
    void write(ParquetFileWriter writer) throws IOException;
  }

  private void write(MessageType schema, int rows, int values, Pages pages) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file().toUri());
    ParquetFileWriter writer =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(path, new Configuration()),
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            ParquetProperties.builder().build());
    writer.start();
    writer.startBlock(rows);
    writer.startColumn(schema.getColumns().get(0), values, CompressionCodecName.UNCOMPRESSED);
    pages.write(writer);
    writer.endColumn();
    writer.endBlock();
    writer.end(Map.of());
    patch(footer -> {});
  }

  private Path file() {
    return lake.path("in/a.parquet");
  }

  /** Writes the file with another footer, without indexes, and without the checksum beside it. */
  private void patch(Consumer<FileMetaData> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    FileMetaData footer = footer(bytes);
    ColumnChunk chunk = footer.getRow_groups().get(0).getColumns().get(0);
    chunk.unsetColumn_index_offset();
    chunk.unsetColumn_index_length();
    chunk.unsetOffset_index_offset();
    chunk.unsetOffset_index_length();
    ColumnMetaData column = column(footer);
    long begin =
        column.isSetDictionary_page_offset()
            ? column.getDictionary_page_offset()
            : column.getData_page_offset();
    long end = begin + column.getTotal_compressed_size();
    change.accept(footer);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, (int) end);
    int start = changed.size();
    Util.writeFileMetaData(footer, changed);
    int length = changed.size() - start;
    changed.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    changed.write("PAR1".getBytes(StandardCharsets.UTF_8));
    Files.deleteIfExists(lake.path("in/.a.parquet.crc"));
    Files.write(file(), changed.toByteArray());
  }

  private static FileMetaData footer(byte[] bytes) throws IOException {
    int start = footerOf(bytes);
    return Util.readFileMetaData(new ByteArrayInputStream(bytes, start, bytes.length - 8 - start));
  }

  /** Where the footer begins; its length stands behind it. */
  private static int footerOf(byte[] bytes) {
    int end = bytes.length - 8;
    return end - ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
  }

  private static ColumnMetaData column(FileMetaData footer) {
    return footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
  }

  private String texts(ParquetSource source) {
    return lake
        .engine()
        .view(
            read(source).select("CAST(x AS STRING) AS x").orderBy("x").limit(VALUES),
            Optional.empty())
        .first(VALUES)
        .rows()
        .stream()
        .map(row -> row.get(0).orElseThrow())
        .collect(Collectors.joining(" "));
  }

  /** Why the files can't be opened, before a run begins. */
  private Failure unopened() {
    return catchThrowableOfType(
            RunFailedException.class,
            () -> lake.compile(read(FILES).to(delta("raw/x").overwrite())))
        .failure();
  }

  private Failure refused(ParquetSource source) {
    return lake.run(read(source).to(delta("raw/x").overwrite())).failure().orElseThrow();
  }
}
