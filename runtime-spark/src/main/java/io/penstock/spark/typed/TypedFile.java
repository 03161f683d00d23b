package io.penstock.spark.typed;

import java.util.List;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileStatus;

/**
 * What a file says of its content.
 *
 * @param batches whether Spark can read many values of a column at a time
 * @param rows counts them, of whatever the file says of itself
 */
public record TypedFile(
    FileStatus file, List<FileColumn> columns, boolean batches, LongSupplier rows) {
  public TypedFile {
    columns = List.copyOf(columns);
  }

  public String path() {
    return file.getPath().toUri().getPath();
  }
}
