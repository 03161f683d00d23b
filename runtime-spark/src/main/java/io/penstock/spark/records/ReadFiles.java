package io.penstock.spark.records;

import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** The work of a task: reads its files one after the other. */
final class ReadFiles implements FlatMapFunction<List<InputFile>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final RecordFormat format;
  private final RecordColumns columns;
  private final TextEncoding encoding;
  private final PartitionCounts unknown;
  private final Broadcast<SerializableConfiguration> configuration;

  ReadFiles(
      RecordFormat format,
      RecordColumns columns,
      TextEncoding encoding,
      PartitionCounts unknown,
      Broadcast<SerializableConfiguration> configuration) {
    this.format = format;
    this.columns = columns;
    this.encoding = encoding;
    this.unknown = unknown;
    this.configuration = configuration;
  }

  @Override
  public Iterator<InternalRow> call(List<InputFile> files) {
    Rows rows = new Rows(files.iterator());
    // A LIMIT stops before the end of the file.
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  rows.close();
                  unknown.add(rows.unknown.part(context.partitionId()));
                });
    return rows;
  }

  /** A file that is being read. */
  private final class OpenFile {
    private final Content content;
    private final Records records;

    OpenFile(InputFile file, UnknownKeyCounts unknown) {
      content =
          format.isBinary()
              ? Content.asItIs(file.path(), configuration.value().value())
              : Content.of(file.path(), configuration.value().value());
      try {
        records = open(file, unknown);
      } catch (IOException | RuntimeException e) {
        content.close(e);
        throw content.unreadable(e);
      }
    }

    private Records open(InputFile file, UnknownKeyCounts unknown) throws IOException {
      if (format.isBinary()) {
        return format.open(
            content.stream(), new FileRows(file, columns, encoding, FileBeginning.NONE, unknown));
      }
      PushbackInputStream text = FileBeginning.stream(content.stream());
      FileBeginning beginning = FileBeginning.of(text);
      return format.open(
          encoding.utf8(file.path(), beginning, text),
          new FileRows(file, columns, encoding, beginning, unknown));
    }

    Optional<InternalRow> next() {
      try {
        return records.next();
      } catch (IOException | RuntimeException e) {
        throw content.unreadable(e);
      }
    }

    void close() {
      try {
        records.close();
      } catch (IOException e) {
        throw new FailedAccessException("close", "an input file", e);
      }
    }
  }

  private final class Rows implements Iterator<InternalRow> {
    private final Iterator<InputFile> files;
    private final UnknownKeyCounts unknown = new UnknownKeyCounts();
    private Optional<OpenFile> current = Optional.empty();
    private Optional<InternalRow> next = Optional.empty();

    Rows(Iterator<InputFile> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty()) {
        if (current.isPresent()) {
          next = current.get().next();
          if (next.isPresent()) {
            return true;
          }
          close();
        }
        if (!files.hasNext()) {
          return false;
        }
        current = Optional.of(new OpenFile(files.next(), unknown));
      }
      return true;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow row = next.orElseThrow();
      next = Optional.empty();
      return row;
    }

    void close() {
      Optional<OpenFile> open = current;
      current = Optional.empty();
      open.ifPresent(OpenFile::close);
    }
  }
}
