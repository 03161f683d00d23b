package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file because of which a source can't be read.
 *
 * @param why to be put after "it", such as {@code is empty}
 * @param kind DATA if the content is damaged, INVALID if its compression isn't supported
 * @param fix what helps, where it isn't what helps with others of the kind
 */
public record UnreadableFile(String path, String why, FailureKind kind, Optional<String> fix) {
  private static final int MAX_NAMED = 10;

  public UnreadableFile(String path, String why, FailureKind kind) {
    this(path, why, kind, Optional.empty());
  }

  /**
   * The failure of a source, which names all unreadable files.
   *
   * @param files the number of files of the source
   */
  public static RunFailedException failure(List<UnreadableFile> unreadable, int files) {
    Set<Optional<String>> fixes =
        unreadable.stream()
            .filter(one -> one.kind() == FailureKind.DATA)
            .map(UnreadableFile::fix)
            .collect(Collectors.toSet());
    Optional<String> ownFix = fixes.size() == 1 ? fixes.iterator().next() : Optional.empty();
    String message =
        unreadable.size() == 1
            ? "Cannot read " + unreadable.get(0) + "."
            : "Cannot read "
                + unreadable.size()
                + " of "
                + files
                + " files:"
                + unreadable.stream()
                    .limit(MAX_NAMED)
                    .map(one -> "\n  " + one)
                    .collect(Collectors.joining(","))
                + (unreadable.size() > MAX_NAMED ? ", …" : ".");
    return new RunFailedException(
        !fixes.isEmpty()
            ? new Failure(
                FailureKind.DATA,
                "MALFORMED_INPUT",
                message,
                ownFix.orElse("deliver the file again, complete, or remove it."))
            : new Failure(
                FailureKind.INVALID,
                "CODEC_MISSING",
                message,
                "deliver the file with another compression, such as zstd or snappy, or add the"
                    + " library to the class path."));
  }

  @Override
  public String toString() {
    return path + ": it " + why;
  }
}
