package io.penstock.spark.csv;

import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The work of a task: writes its rows to files that are named after this attempt of the task, and
 * returns their names. The files of failed and superseded attempts are never named, and therefore
 * never read. A task without rows writes nothing.
 */
final class WritePieces implements FlatMapFunction<Iterator<InternalRow>, CsvPiece> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final StructType schema;
  private final FileText text;
  private final long longest;
  private final Broadcast<SerializableConfiguration> configuration;

  /**
   * @param longest bytes of a piece, unless a single record is longer
   */
  WritePieces(
      String directory,
      StructType schema,
      FileText text,
      long longest,
      Broadcast<SerializableConfiguration> configuration) {
    this.directory = directory;
    this.schema = schema;
    this.text = text;
    this.longest = longest;
    this.configuration = configuration;
  }

  @Override
  public Iterator<CsvPiece> call(Iterator<InternalRow> rows) {
    CsvRecords records = new CsvRecords(rows, schema, text, TaskContext.getPartitionId());
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    List<CsvPiece> pieces = new ArrayList<>();
    boolean more = records.next(record);
    while (more) {
      String name = name(pieces.size());
      long count = 0;
      long bytes = 0;
      try (OutputStream out = create(name)) {
        do {
          record.writeTo(out);
          bytes += record.size();
          count++;
          more = records.next(record);
        } while (more && record.size() <= longest - bytes);
      } catch (IOException e) {
        throw new FailedAccessException("write", new Path(directory, name), e);
      }
      pieces.add(new CsvPiece(name, count, bytes));
    }
    return pieces.iterator();
  }

  private static String name(int piece) {
    TaskContext task = TaskContext.get();
    return String.format(
        Locale.ROOT, "piece-%05d-%d-%05d.csv", task.partitionId(), task.taskAttemptId(), piece);
  }

  private OutputStream create(String name) {
    Path file = new Path(directory, name);
    return LakeFiles.of(file, configuration.value().value()).create(file);
  }
}
