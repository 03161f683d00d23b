package io.penstock.spark.landed;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file that keeps a source from being read.
 *
 * @param why behind "it", such as {@code is empty}
 * @param kind DATA when its bytes are to blame, INVALID when nobody here can undo its compression
 */
record UnreadableFile(String path, String why, FailureKind kind) {
  private static final int MOST_NAMED = 10;

  /**
   * The failure of a source, which tells all at once.
   *
   * @param files of the source
   */
  static RunFailedException failure(List<UnreadableFile> unreadable, int files) {
    boolean damaged = unreadable.stream().anyMatch(one -> one.kind() == FailureKind.DATA);
    String message =
        unreadable.size() == 1
            ? "Cannot read " + unreadable.get(0) + "."
            : "Cannot read "
                + unreadable.size()
                + " of "
                + files
                + " files:"
                + unreadable.stream()
                    .limit(MOST_NAMED)
                    .map(one -> "\n  " + one)
                    .collect(Collectors.joining(","))
                + (unreadable.size() > MOST_NAMED ? ", …" : ".");
    return new RunFailedException(
        damaged
            ? new Failure(
                FailureKind.DATA,
                "MALFORMED_INPUT",
                message,
                "deliver the file again, whole, or take it away.")
            : new Failure(
                FailureKind.INVALID,
                "CODEC_MISSING",
                message,
                "deliver the file in another compression, such as zstd or snappy, or put the"
                    + " library on the class path."));
  }

  @Override
  public String toString() {
    return path + ": it " + why;
  }
}
