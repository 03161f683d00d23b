package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.UnreadableFile;
import io.penstock.spark.typed.FileColumn.Content;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;

/**
 * Parquet files. Their footers are read in the driver; Spark's own inference of columns would start
 * a job.
 */
final class ParquetFiles implements TypedFormat {
  /** Verifies the checksums of pages, which some writers store: they reveal a changed byte. */
  private static final Map<String, String> VERIFY_CHECKSUMS =
      Map.of("parquet.page.verify-checksum.enabled", "true");

  /** The metadata of one file. */
  private record Footer(FileStatus file, MessageType schema, long rows, boolean batches) {}

  @Override
  public List<TypedFile> open(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    Map<CompressionCodecName, Boolean> available = new ConcurrentHashMap<>();
    List<Footer> footers =
        Opened.all(
            files,
            file ->
                footer(
                    file,
                    configuration,
                    codec ->
                        available.computeIfAbsent(
                            codec, name -> isAvailable(name, configuration))));
    ParquetTypes types = new ParquetTypes(session.sessionState().conf());
    // Most files have the columns of others.
    Map<MessageType, List<FileColumn>> columns = new HashMap<>();
    return footers.stream()
        .map(
            footer ->
                new TypedFile(
                    footer.file(),
                    columns.computeIfAbsent(footer.schema(), types::columns),
                    footer.batches(),
                    footer::rows))
        .toList();
  }

  @Override
  public FileFormat reader(List<FileColumn> columns, boolean batches) {
    boolean int96 = columns.stream().anyMatch(column -> column.content() == Content.INT96_TIMES);
    boolean repeated = columns.stream().anyMatch(ParquetFiles::isRepeated);
    return int96 || repeated || !batches
        ? new ParquetReader(int96, repeated, !batches)
        : new ParquetFileFormat();
  }

  private static boolean isRepeated(FileColumn column) {
    return column
        .type()
        .existsRecursively(part -> part instanceof ArrayType || part instanceof MapType);
  }

  @Override
  public Map<String, String> options() {
    return VERIFY_CHECKSUMS;
  }

  private static Opened<Footer> footer(
      FileStatus file, Configuration configuration, Predicate<CompressionCodecName> isAvailable) {
    try {
      return footer(file, HadoopInputFile.fromStatus(file, configuration), isAvailable);
    } catch (IOException | RuntimeException e) {
      return Opened.failed(file, e);
    }
  }

  private static Opened<Footer> footer(
      FileStatus file, HadoopInputFile input, Predicate<CompressionCodecName> isAvailable)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      Set<CompressionCodecName> codecs = EnumSet.noneOf(CompressionCodecName.class);
      Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : block.getColumns()) {
          codecs.add(column.getCodec());
          encodings.addAll(column.getEncodings());
        }
      }
      Optional<CompressionCodecName> missing =
          codecs.stream().filter(isAvailable.negate()).findFirst();
      if (missing.isPresent()) {
        return Opened.unreadable(
            file,
            "is compressed with "
                + missing.get().name().toLowerCase(Locale.ROOT)
                + ", for which a library is missing",
            FailureKind.INVALID);
      }
      FileMetaData metadata = reader.getFileMetaData();
      Optional<String> miscounted = miscounted(reader.getFooter());
      if (miscounted.isPresent()) {
        return Opened.unreadable(file, miscounted.get(), FailureKind.DATA);
      }
      if (OldWriters.leavesOutHeaders(metadata.getCreatedBy())
          && hasBytesBetween(reader.getFooter(), footerStart(input))) {
        return Opened.unreadable(
            new UnreadableFile(
                file.getPath().toUri().getPath(),
                "was written by parquet-mr before its version 1.2.9, which gives a column with a"
                    + " dictionary a size that is too small, and Spark can't read it",
                FailureKind.DATA,
                Optional.of(
                    "read and write the file with another program, such as DuckDB or pyarrow, and"
                        + " deliver that one.")));
      }
      return Opened.of(
          new Footer(
              file,
              metadata.getSchema(),
              reader.getRecordCount(),
              !encodings.contains(Encoding.BYTE_STREAM_SPLIT)
                  && !OldWriters.leavesOutPadding(metadata.getCreatedBy())));
    }
  }

  /**
   * Why the numbers of values can't be right, to be put after "it": a column has a value for each
   * row, NULL included, and those of arrays and maps have at least one.
   */
  private static Optional<String> miscounted(ParquetMetadata metadata) {
    MessageType schema = metadata.getFileMetaData().getSchema();
    for (BlockMetaData block : metadata.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        boolean repeated = schema.getMaxRepetitionLevel(column.getPath().toArray()) > 0;
        long values = column.getValueCount();
        if (repeated ? values < block.getRowCount() : values != block.getRowCount()) {
          return Optional.of(
              "is damaged (column '%s' has %s values in a row group of %s rows)"
                  .formatted(column.getPath().toArray()[0], values, block.getRowCount()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether something follows a column that belongs to no column. Parquet's reader means to go on
   * reading there, and loses what it reads: values are missing, or others than those of the file.
   */
  private static boolean hasBytesBetween(ParquetMetadata metadata, long footer) {
    List<ColumnChunkMetaData> columns =
        metadata.getBlocks().stream()
            .flatMap(block -> block.getColumns().stream())
            .sorted(Comparator.comparingLong(ColumnChunkMetaData::getStartingPos))
            .toList();
    return IntStream.range(0, columns.size())
        .anyMatch(
            i ->
                columns.get(i).getStartingPos() + columns.get(i).getTotalSize()
                    < (i + 1 < columns.size() ? columns.get(i + 1).getStartingPos() : footer));
  }

  /** Where the footer begins: its length stands behind it, before the magic number. */
  private static long footerStart(HadoopInputFile file) throws IOException {
    long end = file.getLength() - ParquetFileWriter.MAGIC.length - Integer.BYTES;
    try (SeekableInputStream in = file.newStream()) {
      in.seek(end);
      return end - BytesUtils.readIntLittleEndian(in);
    }
  }

  private static boolean isAvailable(CompressionCodecName codec, Configuration configuration) {
    CodecFactory codecs = new CodecFactory(configuration, 0);
    try {
      codecs.getDecompressor(codec);
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    } finally {
      codecs.release();
    }
  }
}
