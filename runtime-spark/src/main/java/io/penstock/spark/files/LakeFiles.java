package io.penstock.spark.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The few file operations that publications rest on, with what each file system guarantees.
 *
 * <p>All paths given to one instance lie on the file system it was made for. Failures are {@link
 * java.io.UncheckedIOException}s that name the path.
 */
public abstract sealed class LakeFiles permits LocalLakeFiles, HadoopLakeFiles {

  /** The operations of the file system that holds {@code path}. */
  public static LakeFiles of(Path path, Configuration configuration) {
    if (isLocal(path)) {
      return new LocalLakeFiles();
    }
    try {
      return new HadoopLakeFiles(path.getFileSystem(configuration), configuration);
    } catch (IOException e) {
      throw FileErrors.failed("open the file system of", path, e);
    }
  }

  /** Opens a file for reading from its start. */
  public abstract InputStream open(Path file);

  /**
   * Creates a new file and its parent directories, buffered. A local file is on the disk, by its
   * name, when {@code close} returns; a distributed one is where its file system keeps closed
   * files.
   *
   * @throws java.io.UncheckedIOException if the file exists
   */
  public abstract OutputStream create(Path file);

  /**
   * Puts a small file in the place of whatever the target was, with its parent directories. Readers
   * find the old content or the new one, whole; the exceptions of {@link #prepareReplacement} hold.
   */
  public abstract void replace(Path target, byte[] content);

  /**
   * Brings files that others have written to the disk, with their names in all directories from a
   * root down to them, so that they survive a power cut. Distributed file systems keep what is
   * closed.
   */
  public abstract void persist(Path root, List<Path> written);

  /** The file's length in bytes, or empty if there is no such file. */
  public abstract OptionalLong length(Path file);

  /** When the file or directory was last changed, or empty if there is none of that name. */
  public abstract Optional<Instant> changed(Path path);

  /** Whether there is a file or directory of that name. */
  public abstract boolean exists(Path path);

  /** What lies directly in a directory, ordered by name; nothing if there is no such directory. */
  public abstract List<Entry> list(Path directory);

  /** Removes a file, or a directory with everything in it; does nothing if it isn't there. */
  public abstract void delete(Path path);

  /**
   * Prepares to put a copy of {@code source} in the place of {@code target}, so that {@link
   * Replacement#commit} is short.
   *
   * <ul>
   *   <li>local: the copy lies in the target's directory, on the disk; the commit is one atomic
   *       {@code rename(2)}. A reader that has opened the old file goes on reading the old file.
   *   <li>hdfs: the same, by the name node's atomic overwriting rename.
   *   <li>object stores: nothing is prepared; the commit writes the object, which appears as a
   *       whole when its upload completes. A reader that reads in ranges without pinning the
   *       object's version can see old and new bytes.
   * </ul>
   */
  public abstract Replacement prepareReplacement(Path source, Path target);

  /** All files below a directory, at any depth; none if there is no such directory. */
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

  /** A copy that waits to take its target's place. Closing it without a commit removes the copy. */
  public interface Replacement extends AutoCloseable {
    /** Makes the copy the target, once. */
    void commit();

    @Override
    void close();
  }

  /**
   * Whether a request for a path that failed may still take effect: a remote store can have it on
   * its way, the machine's own disk can't.
   */
  public static boolean mayActLate(Path path) {
    return !isLocal(path);
  }

  /** Whether a qualified path lies on the local file system. */
  static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** The {@code java.nio} form of a path on the local file system. */
  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
