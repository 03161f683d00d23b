package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.failures.UnreadableFile;
import io.penstock.spark.typed.FileColumn.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private record Footer(
      FileStatus file,
      MessageType schema,
      long rows,
      Set<CompressionCodecName> codecs,
      Set<Encoding> encodings) {}

  /** A footer, or why it can't be read. */
  private record Reading(Optional<Footer> footer, Optional<UnreadableFile> unreadable) {}

  @Override
  public List<TypedFile> open(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Reading> readings =
        files.parallelStream().map(file -> reading(file, configuration)).toList();
    List<UnreadableFile> unreadable = new ArrayList<>();
    readings.forEach(reading -> reading.unreadable().ifPresent(unreadable::add));
    List<Footer> footers = readings.stream().flatMap(read -> read.footer().stream()).toList();
    unreadable.addAll(withoutCodec(footers, configuration));
    if (!unreadable.isEmpty()) {
      throw UnreadableFile.failure(unreadable, files.size());
    }
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
    boolean int96 =
        columns.stream().anyMatch(column -> column.content() == Content.INT96_TIMES);
    return int96 || !batches ? new ParquetReader(int96, !batches) : new ParquetFileFormat();
  }

  @Override
  public Map<String, String> options() {
    return VERIFY_CHECKSUMS;
  }

  private static Reading reading(FileStatus file, Configuration configuration) {
    try (ParquetFileReader reader = open(file, configuration)) {
      Set<CompressionCodecName> codecs = EnumSet.noneOf(CompressionCodecName.class);
      Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : block.getColumns()) {
          codecs.add(column.getCodec());
          encodings.addAll(column.getEncodings());
        }
      }
      return new Reading(
          Optional.of(
              new Footer(
                  file, reader.getFileMetaData().getSchema(), reader.getRecordCount(), codecs, encodings)),
          Optional.empty());
    } catch (IOException | RuntimeException e) {
      Optional<String> damage = FileDamage.of(e);
      if (damage.isPresent()) {
        return new Reading(
            Optional.empty(),
            Optional.of(new UnreadableFile(path(file), damage.get(), FailureKind.DATA)));
      }
      throw e instanceof RuntimeException unexpected
          ? unexpected
          : new UncheckedIOException(
              "Cannot read the footer of '" + path(file) + "'.", (IOException) e);
    }
  }

  private static List<UnreadableFile> withoutCodec(
      List<Footer> footers, Configuration configuration) {
    Set<CompressionCodecName> missing = EnumSet.noneOf(CompressionCodecName.class);
    footers.stream()
        .flatMap(footer -> footer.codecs().stream())
        .distinct()
        .filter(codec -> !isAvailable(codec, configuration))
        .forEach(missing::add);
    List<UnreadableFile> without = new ArrayList<>();
    for (Footer footer : footers) {
      footer.codecs().stream()
          .filter(missing::contains)
          .findFirst()
          .ifPresent(
              codec ->
                  without.add(
                      new UnreadableFile(
                          path(footer.file()),
                          "is compressed with "
                              + codec.name().toLowerCase(Locale.ROOT)
                              + ", for which a library is missing",
                          FailureKind.INVALID)));
    }
    return without;
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

  private static ParquetFileReader open(FileStatus file, Configuration configuration)
      throws IOException {
    return ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration));
  }

  private static String path(FileStatus file) {
    return file.getPath().toUri().getPath();
  }
}
