package io.penstock.spark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** Makes the errors about what runs keep besides their outputs. */
final class RunErrors {
  private RunErrors() {}

  static UncheckedIOException rejectionNotKept(Path file, IOException cause) {
    return new UncheckedIOException(
        "Cannot write "
            + file
            + ", by which the rows that checks refused are found again: "
            + cause.getMessage()
            + ". Check that the file system is reachable, has space and allows this user to write"
            + " there; then run again.",
        cause);
  }

  static UncheckedIOException rejectionUnreadable(Path file, IOException cause) {
    return new UncheckedIOException(
        "Cannot read "
            + file
            + ", which names the rows that checks refused: "
            + cause.getMessage()
            + ". If it is damaged, remove it and run the task again: what its checks refuse then,"
            + " can be looked at under the new run's id.",
        cause);
  }
}
