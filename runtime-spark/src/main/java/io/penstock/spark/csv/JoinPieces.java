package io.penstock.spark.csv;

import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The work of a task: joins a header and pieces into one file. A later attempt of the task writes
 * to another name, because the file of an earlier attempt may exist, or may still be written.
 */
final class JoinPieces implements Function<JoinPieces.Part, WrittenCsv> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final String piecesDirectory;
  private final byte[] header;
  private final CsvCompression compression;
  private final Broadcast<SerializableConfiguration> configuration;

  /**
   * A file to write.
   *
   * @param stem its name without extension
   */
  record Part(String stem, List<CsvPiece> pieces) implements Serializable {}

  JoinPieces(
      String directory,
      String piecesDirectory,
      byte[] header,
      CsvCompression compression,
      Broadcast<SerializableConfiguration> configuration) {
    this.directory = directory;
    this.piecesDirectory = piecesDirectory;
    this.header = header.clone();
    this.compression = compression;
    this.configuration = configuration;
  }

  @Override
  public WrittenCsv call(Part part) {
    int attempt = TaskContext.get().attemptNumber();
    String suffix = attempt == 0 ? "" : "-attempt" + attempt;
    Path target = new Path(directory, part.stem() + suffix + compression.extension());
    LakeFiles files = LakeFiles.of(target, configuration.value().value());
    MeasuredOutput file = new MeasuredOutput(files.create(target));
    long rows = 0;
    try (file;
        OutputStream out = Compressed.write(compression, file)) {
      out.write(header);
      for (CsvPiece piece : part.pieces()) {
        copy(files, piece, out);
        rows += piece.rows();
      }
    } catch (IOException e) {
      throw new FailedAccessException("write", target, e);
    }
    return new WrittenCsv(target.getName(), rows, file.bytes(), file.sha256());
  }

  private void copy(LakeFiles files, CsvPiece piece, OutputStream out) throws IOException {
    try (InputStream in = files.open(new Path(piecesDirectory, piece.name()))) {
      long copied = in.transferTo(out);
      if (copied != piece.bytes()) {
        throw CsvErrors.pieceChanged(piece.name(), piece.bytes(), copied);
      }
    }
  }
}
