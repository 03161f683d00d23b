package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.typed.FileColumn.Content;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/**
 * Parquet files. Their footers are read in the driver; Spark's own inference of columns would start
 * a job.
 */
final class ParquetFiles implements TypedFormat {
  /** Verifies the checksums of pages, which some writers store: they reveal a changed byte. */
  private static final Map<String, String> VERIFY_CHECKSUMS =
      Map.of("parquet.page.verify-checksum.enabled", "true");

  /** The metadata of one file. */
  private record Footer(FileStatus file, MessageType schema, long rows, Set<Encoding> encodings) {}

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
                    !footer.encodings().contains(Encoding.BYTE_STREAM_SPLIT),
                    footer::rows))
        .toList();
  }

  @Override
  public FileFormat reader(List<FileColumn> columns, boolean batches) {
    boolean int96 = columns.stream().anyMatch(column -> column.content() == Content.INT96_TIMES);
    return int96 || !batches ? new ParquetReader(int96, !batches) : new ParquetFileFormat();
  }

  @Override
  public Map<String, String> options() {
    return VERIFY_CHECKSUMS;
  }

  private static Opened<Footer> footer(
      FileStatus file, Configuration configuration, Predicate<CompressionCodecName> isAvailable) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration))) {
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
      return Opened.of(
          new Footer(
              file, reader.getFileMetaData().getSchema(), reader.getRecordCount(), encodings));
    } catch (IOException | RuntimeException e) {
      return Opened.failed(file, e);
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
