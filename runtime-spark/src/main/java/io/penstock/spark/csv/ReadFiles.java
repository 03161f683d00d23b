package io.penstock.spark.csv;

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
    CsvCompression form = form(file);
    try {
      return new CsvRows(file, layout, form, Compressed.read(form, in));
    } catch (IOException e) {
      closeQuietly(in, e);
      throw CsvErrors.unreadable(file.path(), 1, e, form);
    } catch (MalformedInputException e) {
      closeQuietly(in, e);
      throw e;
    }
  }

  /** Files of others tell it by their names; those of an export are named by what they hold. */
  private CsvCompression form(InputFile file) {
    return layout.compression() == CsvCompression.NONE
        ? Compressed.byName(file.path())
        : layout.compression();
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
