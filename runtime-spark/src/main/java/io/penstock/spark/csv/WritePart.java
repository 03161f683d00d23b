package io.penstock.spark.csv;

import io.penstock.spark.files.LakeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a task does: writes its rows to a file named after this attempt at the task, and says so.
 * What a failed or overtaken attempt leaves behind is never named and therefore never read. A task
 * without rows writes nothing.
 */
final class WritePart implements FlatMapFunction<Iterator<InternalRow>, CsvPart> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final StructType schema;
  private final Broadcast<SerializableConfiguration> configuration;

  WritePart(
      String directory, StructType schema, Broadcast<SerializableConfiguration> configuration) {
    this.directory = directory;
    this.schema = schema;
    this.configuration = configuration;
  }

  @Override
  public Iterator<CsvPart> call(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return List.<CsvPart>of().iterator();
    }
    TaskContext task = TaskContext.get();
    String name = String.format("part-%05d-%d.csv", task.partitionId(), task.taskAttemptId());
    Path file = new Path(directory, name);
    LakeFiles files = LakeFiles.of(file, configuration.value().value());
    try (OutputStream out = files.create(file)) {
      return List.of(write(rows, name, new CsvOutput(out))).iterator();
    } catch (IOException e) {
      throw CsvErrors.failed("write", file.toString(), e);
    }
  }

  private CsvPart write(Iterator<InternalRow> rows, String name, CsvOutput out) throws IOException {
    List<FieldWriter> writers = new ArrayList<>();
    for (var field : schema.fields()) {
      writers.add(FieldWriter.of(field).orElseThrow());
    }
    long count = 0;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      for (int i = 0; i < writers.size(); i++) {
        out.field();
        if (!row.isNullAt(i)) {
          writers.get(i).write(row, i, out);
        }
      }
      out.endRecord();
      count++;
    }
    return new CsvPart(name, count, out.bytes());
  }
}
