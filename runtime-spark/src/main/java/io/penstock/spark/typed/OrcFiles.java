package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.RecordReaderImpl;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;

/** ORC files. Their footers are read in the driver. */
final class OrcFiles implements TypedFormat {
  @Override
  public List<TypedFile> open(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    return Opened.all(files, file -> opened(file, configuration));
  }

  @Override
  public FileFormat reader(List<FileColumn> columns, boolean batches) {
    return new OrcFormat();
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  private static Opened<TypedFile> opened(FileStatus file, Configuration configuration) {
    if (file.getLen() == 0) {
      // ORC takes it for a file without columns.
      return Opened.unreadable(file, "is empty", FailureKind.DATA);
    }
    try (Reader reader = open(file.getPath(), configuration)) {
      long rows = reader.getNumberOfRows();
      return Opened.of(
          new TypedFile(
              file, new OrcTypes(zones(reader)).columns(reader.getSchema()), false, () -> rows));
    } catch (IOException | RuntimeException e) {
      return Opened.failed(file, e);
    }
  }

  /** The time zones of those who wrote the file, each of whose stripes says its own. */
  private static Set<String> zones(Reader reader) throws IOException {
    if (!OrcTypes.holdsTimes(reader.getSchema())) {
      return Set.of();
    }
    Set<String> zones = new TreeSet<>();
    // Opened on all columns, it would read the first stripe.
    boolean[] none = new boolean[reader.getSchema().getMaximumId() + 1];
    none[0] = true;
    try (RecordReaderImpl rows = (RecordReaderImpl) reader.rows(reader.options().include(none))) {
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
    OrcFile.ReaderOptions options = options(path, configuration);
    Reader file = OrcFile.createReader(path, options);
    if (saysItsCalendar(file) || isOfJava(file)) {
      return file;
    }
    file.close();
    // Only Java has a calendar that changes in 1582, and takes others for being like itself.
    Configuration gregorian = new Configuration(configuration);
    OrcConf.PROLEPTIC_GREGORIAN_DEFAULT.setBoolean(gregorian, true);
    return OrcFile.createReader(path, options(path, gregorian).orcTail(options.getOrcTail()));
  }

  private static OrcFile.ReaderOptions options(Path path, Configuration configuration)
      throws IOException {
    return OrcFile.readerOptions(configuration)
        .filesystem(path.getFileSystem(configuration))
        .useUTCTimestamp(true)
        .convertToProlepticGregorian(true);
  }

  private static boolean saysItsCalendar(Reader file) {
    return file.getFileTail().getFooter().hasCalendar();
  }

  private static boolean isOfJava(Reader file) {
    return file.getWriterVersion().getWriterImplementation()
        == OrcFile.WriterImplementation.ORC_JAVA;
  }
}
