package io.penstock.spark.landed;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.problems.PlanProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Reads the footers of Parquet files in the driver. Spark's own schema inference would start a job.
 */
final class ParquetFooters {
  private ParquetFooters() {}

  /** The metadata of one file. */
  record Footer(FileStatus file, MessageType schema, Set<CompressionCodecName> codecs) {}

  /** A footer, or why it can't be read. */
  private record Reading(Optional<Footer> footer, Optional<UnreadableFile> unreadable) {}

  /**
   * The footers of all files, in order.
   *
   * @throws RunFailedException if files are damaged or their codec is missing; it names all of them
   */
  static List<Footer> of(SparkSession session, List<FileStatus> files) {
    if (files.isEmpty()) {
      throw new PlanProblemException(
          "SCHEMA_UNKNOWN",
          "Cannot determine the columns of Parquet files: there is no file.",
          "deliver a file, or land the data in a Delta table first.");
    }
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
    return footers;
  }

  /** The number of rows in all files; empty if one of them can no longer be read. */
  static OptionalLong rows(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    try {
      return OptionalLong.of(
          files.parallelStream().mapToLong(file -> rowsOf(file, configuration)).sum());
    } catch (RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** The number of rows in one file. */
  static long rows(SparkSession session, FileStatus file) {
    return rowsOf(file, session.sessionState().newHadoopConf());
  }

  private static Reading reading(FileStatus file, Configuration configuration) {
    try (ParquetFileReader reader = open(file, configuration)) {
      Set<CompressionCodecName> codecs = EnumSet.noneOf(CompressionCodecName.class);
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        block.getColumns().stream().map(ColumnChunkMetaData::getCodec).forEach(codecs::add);
      }
      return new Reading(
          Optional.of(new Footer(file, reader.getFileMetaData().getSchema(), codecs)),
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

  private static long rowsOf(FileStatus file, Configuration configuration) {
    try (ParquetFileReader reader = open(file, configuration)) {
      return reader.getRecordCount();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParquetFileReader open(FileStatus file, Configuration configuration)
      throws IOException {
    return ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration));
  }

  static String path(FileStatus file) {
    return file.getPath().toUri().getPath();
  }
}
