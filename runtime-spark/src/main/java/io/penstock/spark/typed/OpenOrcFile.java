package io.penstock.spark.typed;

import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** Begins to read a part of a file, in a task. */
final class OpenOrcFile extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType columns;
  private final StructType partition;
  private final Broadcast<SerializableConfiguration> configuration;

  OpenOrcFile(
      StructType columns,
      StructType partition,
      Broadcast<SerializableConfiguration> configuration) {
    this.columns = columns;
    this.partition = partition;
    this.configuration = configuration;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile file) {
    try {
      OrcRows rows =
          new OrcRows(
              OrcFiles.open(file.toPath(), configuration.value().value()),
              file,
              columns,
              partition);
      // A LIMIT stops before the end of the file.
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
      return CollectionConverters.asScala(rows);
    } catch (IOException e) {
      throw new FailedAccessException("read", file.filePath(), e);
    }
  }
}
