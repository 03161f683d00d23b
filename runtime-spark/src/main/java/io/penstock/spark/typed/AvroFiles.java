package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.mapred.FsInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.avro.AvroFileFormat;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;

/** Avro container files, each of which begins with its schema. */
final class AvroFiles implements TypedFormat {
  /** Spark leaves files out whose names have another ending, where a setting asks for it. */
  private static final Map<String, String> EVERY_NAME = Map.of("ignoreExtension", "true");

  /** What one file says of itself. */
  private record Header(FileStatus file, Schema schema) {}

  @Override
  public List<TypedFile> open(SparkSession session, List<FileStatus> files) {
    Configuration configuration = session.sessionState().newHadoopConf();
    Map<Schema, List<FileColumn>> columns = new HashMap<>();
    return Opened.all(files, file -> header(file, configuration)).stream()
        .map(
            header ->
                new TypedFile(
                    header.file(),
                    columns.computeIfAbsent(header.schema(), AvroTypes::columns),
                    false,
                    () -> rows(header.file(), configuration)))
        .toList();
  }

  @Override
  public FileFormat reader(List<FileColumn> columns, boolean batches) {
    return new AvroFileFormat();
  }

  @Override
  public Map<String, String> options() {
    return EVERY_NAME;
  }

  private static Opened<Header> header(FileStatus file, Configuration configuration) {
    try (DataFileReader<GenericRecord> reader = open(file, configuration)) {
      Schema schema = reader.getSchema();
      String codec = reader.getMetaString(DataFileConstants.CODEC);
      if (DataFileConstants.XZ_CODEC.equals(codec) && !isXzThere()) {
        return Opened.unreadable(
            file, "is compressed with xz, for which a library is missing", FailureKind.INVALID);
      }
      return schema.getType() == Schema.Type.RECORD
          ? Opened.of(new Header(file, schema))
          : Opened.unreadable(
              file,
              "holds values of the type " + schema.getType().getName() + " and no records",
              FailureKind.DATA);
    } catch (IOException | RuntimeException e) {
      return notOpened(file, e);
    }
  }

  private static Opened<Header> notOpened(FileStatus file, Exception thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof AvroRuntimeException && message.contains("codec")) {
      return Opened.unreadable(
          file, "is compressed in a way that isn't supported", FailureKind.INVALID);
    }
    boolean otherFormat =
        message.contains("Not an Avro data file") || message.contains("Not a data file");
    return otherFormat && file.getLen() > 0
        ? Opened.unreadable(file, "is not an Avro container file", FailureKind.DATA)
        : Opened.failed(file, thrown);
  }

  private static boolean isXzThere() {
    try {
      Class.forName("org.tukaani.xz.XZInputStream");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The number of records: each block says how many it holds, and its content isn't decoded. */
  private static long rows(FileStatus file, Configuration configuration) {
    String path = file.getPath().toUri().getPath();
    long rows = 0;
    try (DataFileReader<GenericRecord> reader = open(file, configuration)) {
      long reached = -1;
      // An empty block looks like the end of the file.
      while (reader.hasNext() || reader.tell() != reached) {
        reached = reader.tell();
        if (reader.hasNext()) {
          rows += reader.getBlockCount();
          reader.nextBlock();
        }
      }
      return rows;
    } catch (AvroRuntimeException e) {
      throw new FailedAccessException("read", path, new IOException(e));
    } catch (IOException e) {
      throw new FailedAccessException("read", path, e);
    }
  }

  private static DataFileReader<GenericRecord> open(FileStatus file, Configuration configuration)
      throws IOException {
    return new DataFileReader<>(
        new FsInput(file.getPath(), configuration), new GenericDatumReader<>());
  }
}
