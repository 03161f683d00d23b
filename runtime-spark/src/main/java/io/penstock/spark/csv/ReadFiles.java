package io.penstock.spark.csv;

import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spec.CsvCompression;
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

/** The work of a task: reads its files one after the other. */
final class ReadFiles implements FlatMapFunction<List<InputFile>, Row> {
  private static final long serialVersionUID = 1L;

  private final CsvReadOptions options;
  private final Broadcast<SerializableConfiguration> configuration;

  ReadFiles(CsvReadOptions options, Broadcast<SerializableConfiguration> configuration) {
    this.options = options;
    this.configuration = configuration;
  }

  @Override
  public Iterator<Row> call(List<InputFile> files) {
    Rows rows = new Rows(files.iterator());
    // A LIMIT stops before the end of the file.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
    return rows;
  }

  private CsvRows open(InputFile file) {
    Path path = new Path(file.path());
    InputStream in = LakeFiles.of(path, configuration.value().value()).open(path);
    CsvCompression compression = compression(file);
    try {
      return new CsvRows(file, options, compression, Compressed.read(compression, in));
    } catch (IOException e) {
      closeQuietly(in, e);
      throw CsvErrors.unreadable(file.path(), 1, e, compression);
    } catch (MalformedInputException e) {
      closeQuietly(in, e);
      throw e;
    }
  }

  /** An export's manifest tells its compression; other files tell it by their names. */
  private CsvCompression compression(InputFile file) {
    return options.format().compression() == CsvCompression.NONE
        ? Compressed.byName(file.path())
        : options.format().compression();
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
          throw new FailedAccessException("close", "a CSV file", e);
        }
        current = null;
      }
    }
  }
}
