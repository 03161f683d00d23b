package io.penstock.spark.typed;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.failures.UnreadableFile;
import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;

/**
 * What opening a file gives.
 *
 * @param content empty if the file can't be read
 * @param unreadable why it can't
 * @param <T> what a format takes from a file
 */
record Opened<T>(Optional<T> content, Optional<UnreadableFile> unreadable) {
  static <T> Opened<T> of(T content) {
    return new Opened<>(Optional.of(content), Optional.empty());
  }

  static <T> Opened<T> unreadable(FileStatus file, String why, FailureKind kind) {
    return unreadable(new UnreadableFile(file.getPath().toUri().getPath(), why, kind));
  }

  static <T> Opened<T> unreadable(UnreadableFile file) {
    return new Opened<>(Optional.empty(), Optional.of(file));
  }

  /**
   * A file that could not be opened because of its content.
   *
   * @param thrown when it was opened; thrown again if the content isn't to blame
   */
  static <T> Opened<T> failed(FileStatus file, Exception thrown) {
    Optional<String> damage = file.getLen() == 0 ? Optional.of("is empty") : FileDamage.of(thrown);
    if (damage.isPresent()) {
      return unreadable(file, damage.get(), FailureKind.DATA);
    }
    throw thrown instanceof RuntimeException unexpected
        ? unexpected
        : new FailedAccessException("read", file.getPath().toUri().getPath(), (IOException) thrown);
  }

  /**
   * Opens files, several at a time.
   *
   * @return what they hold, in the order of the files
   * @throws RunFailedException that names all files that can't be read
   */
  static <T> List<T> all(List<FileStatus> files, Function<FileStatus, Opened<T>> open) {
    List<Opened<T>> opened = files.parallelStream().map(open).toList();
    List<UnreadableFile> unreadable =
        opened.stream().flatMap(one -> one.unreadable().stream()).toList();
    if (!unreadable.isEmpty()) {
      throw UnreadableFile.failure(unreadable, files.size());
    }
    return opened.stream().map(one -> one.content().orElseThrow()).toList();
  }
}
