package io.penstock.spark.files;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The few file operations that publication relies on, with what each file system guarantees.
 *
 * <p>All paths passed to one instance are on the file system that the instance was made for. A
 * failure is a {@link FailedAccessException}, which names the path.
 */
public abstract sealed class LakeFiles permits LocalLakeFiles, HadoopLakeFiles {

  /** The operations of the file system that holds {@code path}. */
  public static LakeFiles of(Path path, Configuration configuration) {
    return isLocal(path)
        ? new LocalLakeFiles()
        : new HadoopLakeFiles(
            access("open the file system of", path, () -> path.getFileSystem(configuration)),
            configuration);
  }

  /** Opens a file for reading from its start. */
  public abstract InputStream open(Path file);

  /**
   * Creates a new file and its parent directories; the stream is buffered. When {@code close}
   * returns, a local file and its name are on disk, and a distributed file is as durable as its
   * file system makes closed files.
   *
   * @throws FailedAccessException if the file exists
   */
  public abstract OutputStream create(Path file);

  /**
   * Replaces the target, or creates it with its parent directories. The content is small. Readers
   * see the whole old content or the whole new one, with the exceptions that {@link
   * #prepareReplacement} lists.
   */
  public final void replace(Path target, byte[] content) {
    try (Replacement replacement = prepare(target, () -> new ByteArrayInputStream(content))) {
      replacement.commit();
    }
  }

  /**
   * Flushes files that others have written to disk, together with their names in every directory
   * from {@code root} down, so that they survive a power failure. Distributed file systems do that
   * when a file is closed.
   */
  public abstract void persist(Path root, List<Path> written);

  /** The file's length in bytes; empty if there is no such file. */
  public abstract OptionalLong length(Path file);

  /** When the file or directory was last modified; empty if it doesn't exist. */
  public abstract Optional<Instant> changed(Path path);

  /** Whether a file or directory of that name exists. */
  public abstract boolean exists(Path path);

  /** The direct children of a directory, ordered by name; none if the directory doesn't exist. */
  public abstract List<Entry> list(Path directory);

  /** Removes a file, or a directory with everything in it; does nothing if it doesn't exist. */
  public abstract void delete(Path path);

  /**
   * Prepares to replace {@code target} by a copy of {@code source}, so that {@link
   * Replacement#commit} is short.
   *
   * <ul>
   *   <li>local: the copy is in the target's directory and on disk; the commit is one atomic {@code
   *       rename(2)}. A reader that has opened the old file goes on reading the old file.
   *   <li>hdfs: the same, by the name node's atomic overwriting rename.
   *   <li>object stores: nothing is prepared; the commit writes the object, which becomes visible
   *       when its upload completes. A reader that reads in ranges without pinning the object's
   *       version can see a mixture of old and new bytes.
   * </ul>
   */
  public final Replacement prepareReplacement(Path source, Path target) {
    return prepare(target, () -> open(source));
  }

  /** As {@link #prepareReplacement}, with any content. */
  abstract Replacement prepare(Path target, Content content);

  /** All files below a directory, at any depth; none if the directory doesn't exist. */
  public List<Path> below(Path directory) {
    List<Path> files = new ArrayList<>();
    for (Entry entry : list(directory)) {
      Path path = new Path(directory, entry.name());
      if (entry.directory()) {
        files.addAll(below(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** A file name and whether it is a directory. */
  public record Entry(String name, boolean directory) {}

  /** A copy that is ready to replace its target. Closing it without a commit removes the copy. */
  public interface Replacement extends AutoCloseable {
    /** Makes the copy the target; called once. */
    void commit();

    @Override
    void close();
  }

  /** What a target is to hold. */
  interface Content {
    InputStream open() throws IOException;
  }

  /** Something that a file system is asked to do. */
  interface Access<T> {
    T run() throws IOException;
  }

  /**
   * Accesses a path.
   *
   * @param action for the message of a failure, {@code read}
   */
  static <T> T access(String action, Path path, Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new FailedAccessException(action, path, e);
    }
  }

  /** Accesses a path that may not exist; empty if it doesn't. */
  static <T> Optional<T> accessIfPresent(String action, Path path, Access<T> access) {
    return access(
        action,
        path,
        () -> {
          try {
            return Optional.of(access.run());
          } catch (FileNotFoundException | NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Whether a request that failed may still take effect: a remote store may carry it out later, the
   * local disk doesn't.
   */
  public static boolean mayActLate(Path path) {
    return !isLocal(path);
  }

  /** Whether a qualified path is on the local file system. */
  static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** The {@code java.nio} form of a path on the local file system. */
  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** A hidden name in the target's own directory: renames are atomic within a file system only. */
  static Path temporaryBeside(Path target) {
    return new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
  }
}
