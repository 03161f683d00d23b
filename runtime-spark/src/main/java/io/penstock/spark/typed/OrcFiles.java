package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.failures.UnreadableFile;
import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.RecordReaderImpl;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;

/** ORC files. Their footers are read in the driver. */
final class OrcFiles implements TypedFormat {
  /** A file, or why it can't be read. */
  private record Reading(Optional<TypedFile> file, Optional<UnreadableFile> unreadable) {}

  @Override
  public List<TypedFile> open(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Reading> readings =
        files.parallelStream().map(file -> reading(file, configuration)).toList();
    List<UnreadableFile> unreadable = new ArrayList<>();
    readings.forEach(reading -> reading.unreadable().ifPresent(unreadable::add));
    if (!unreadable.isEmpty()) {
      throw UnreadableFile.failure(unreadable, files.size());
    }
    return readings.stream().map(reading -> reading.file().orElseThrow()).toList();
  }

  @Override
  public FileFormat reader(List<FileColumn> columns, boolean batches) {
    return new OrcFormat();
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  private static Reading reading(FileStatus file, Configuration configuration) {
    String path = file.getPath().toUri().getPath();
    if (file.getLen() == 0) {
      return new Reading(
          Optional.empty(), Optional.of(new UnreadableFile(path, "is empty", FailureKind.DATA)));
    }
    try (Reader reader = open(file.getPath(), configuration)) {
      long rows = reader.getNumberOfRows();
      return new Reading(
          Optional.of(
              new TypedFile(
                  file, new OrcTypes(zones(reader)).columns(reader.getSchema()), false, () -> rows)),
          Optional.empty());
    } catch (IOException | RuntimeException e) {
      Optional<String> damage = FileDamage.of(e);
      if (damage.isPresent()) {
        return new Reading(
            Optional.empty(),
            Optional.of(new UnreadableFile(path, damage.get(), FailureKind.DATA)));
      }
      throw e instanceof RuntimeException unexpected
          ? unexpected
          : new FailedAccessException("read", path, (IOException) e);
    }
  }

  /** The time zones of those who wrote the file, each of whose stripes says its own. */
  private static Set<String> zones(Reader reader) throws IOException {
    if (!OrcTypes.holdsInstants(reader.getSchema())) {
      return Set.of();
    }
    Set<String> zones = new TreeSet<>();
    try (RecordReaderImpl rows = (RecordReaderImpl) reader.rows()) {
      for (StripeInformation stripe : reader.getStripes()) {
        zones.add(rows.readStripeFooter(stripe).getWriterTimezone());
      }
    }
    return zones;
  }

  /**
   * Opens a file whose times are those of its writer's clock, whatever the time zone of this JVM,
   * and whose dates are of the calendar that everybody uses.
   */
  static Reader open(Path path, Configuration configuration) throws IOException {
    return OrcFile.createReader(
        path,
        OrcFile.readerOptions(configuration)
            .filesystem(path.getFileSystem(configuration))
            .useUTCTimestamp(true)
            .convertToProlepticGregorian(true));
  }
}
