package io.penstock.spark.csv;

import io.penstock.spark.files.LakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: reads its files one after the other. */
final class ReadFiles implements FlatMapFunction<List<InputFile>, Row> {
  private static final long serialVersionUID = 1L;

  private final CsvLayout layout;
  private final Broadcast<SerializableConfiguration> configuration;

  ReadFiles(CsvLayout layout, Broadcast<SerializableConfiguration> configuration) {
    this.layout = layout;
    this.configuration = configuration;
  }

  @Override
  public Iterator<Row> call(List<InputFile> files) {
    Rows rows = new Rows(files.iterator());
    // A LIMIT stops asking before the end of the file.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
    return rows;
  }

  private CsvRows open(InputFile file) {
    Path path = new Path(file.path());
    InputStream in = LakeFiles.of(path, configuration.value().value()).open(path);
    try {
      return new CsvRows(file, layout, Compressed.read(layout.compression(), in));
    } catch (IOException e) {
      closeQuietly(in, e);
      throw CsvErrors.failed("read", file.path(), e);
    } catch (MalformedInputException e) {
      closeQuietly(in, e);
      throw e;
    }
  }

  private static void closeQuietly(InputStream in, Exception reason) {
    try {
      in.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private final class Rows implements Iterator<Row> {
    private final Iterator<InputFile> files;
    private CsvRows current;

    Rows(Iterator<InputFile> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (current == null || !current.hasNext()) {
        close();
        if (!files.hasNext()) {
          return false;
        }
        current = open(files.next());
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }

    void close() {
      if (current != null) {
        try {
          current.close();
        } catch (IOException e) {
          throw CsvErrors.failed("close", "a CSV file", e);
        }
        current = null;
      }
    }
  }
}
