package io.penstock.spark.files;

import io.penstock.engine.RunFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * Creates a small file that isn't there yet: of any number of writers in any number of processes,
 * exactly one is told that it was the one, and nobody ever reads a part of the content.
 *
 * <ul>
 *   <li>{@code file}: written to a temporary name, brought to the disk, hard-linked to its own
 *       name. {@code link(2)} fails when the name is taken; a rename would overwrite.
 *   <li>{@code hdfs}: written to a temporary name and renamed without overwriting, which the name
 *       node decides. {@code create} without overwriting would show the name before the content.
 *   <li>{@code s3a}: a conditional write ({@code If-None-Match}), from Hadoop 3.4.2. Plain {@code
 *       create} without overwriting looks first and writes later, and lets two writers win. {@link
 *       ConditionalWrites} tells whether the store heeds the condition.
 *   <li>Any other scheme is refused.
 * </ul>
 *
 * <p>The answer of a remote store can get lost. Therefore the content has to be unique to its
 * writer (it holds a run id): a writer that finds its own content knows that it won.
 */
public final class PutIfAbsent {
  private static final String CONDITIONAL_OVERWRITE = "fs.option.create.conditional.overwrite";

  private final Configuration configuration;

  public PutIfAbsent(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Creates the file with this content, or leaves the one that is there.
   *
   * @param file qualified; parent directories are created
   * @return true if the file now holds this writer's content, false if another writer's
   * @throws RunFailedException if the file system can't keep two writers apart
   * @throws java.io.UncheckedIOException if the file system failed; the file may then exist
   */
  public boolean put(Path file, byte[] content) {
    requireSupported(file);
    try {
      if (LakeFiles.isLocal(file)) {
        return link(file, content);
      }
      try {
        return putRemotely(file, content);
      } catch (IOException e) {
        if (holds(file, content, e)) {
          return true;
        }
        if (alreadyExists(e)) {
          return false;
        }
        if (isUnknownToStore(e)) {
          throw FileErrors.conditionRefused(file, e);
        }
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.failed("create", file, e);
    }
  }

  /**
   * Checks that two writers of this path can be kept apart, before any work is done for it.
   *
   * @throws RunFailedException if they can't
   */
  public static void requireSupported(Path path) {
    String scheme = path.toUri().getScheme();
    if (scheme == null || !(scheme.equals("file") || isRemote(scheme))) {
      throw FileErrors.unsupportedScheme(path, String.valueOf(scheme));
    }
  }

  private static boolean isRemote(String scheme) {
    return scheme.equals("hdfs") || scheme.equals("s3a");
  }

  private static boolean link(Path file, byte[] content) throws IOException {
    java.nio.file.Path target = LakeFiles.local(file);
    java.nio.file.Path temporary = LocalLakeFiles.temporaryBeside(target);
    try {
      try (OutputStream out = LocalDisk.create(temporary)) {
        out.write(content);
      }
      if (!createLink(file, target, temporary)) {
        // A network file system may ask twice and tell the answer to the second request.
        return Arrays.equals(Files.readAllBytes(target), content);
      }
      LocalDisk.sync(target.getParent());
      return true;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean createLink(
      Path file, java.nio.file.Path target, java.nio.file.Path temporary) throws IOException {
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw FileErrors.noHardLinks(file, e);
    } catch (FileSystemException e) {
      if (isWithoutHardLinks(e)) {
        throw FileErrors.noHardLinks(file, e);
      }
      throw e;
    }
  }

  /**
   * What a file system without hard links says. A directory has let a file be made in it just now;
   * a disk that is full or fails says something else.
   */
  static boolean isWithoutHardLinks(FileSystemException refusal) {
    return Set.of("Operation not permitted", "Operation not supported", "Function not implemented")
        .contains(String.valueOf(refusal.getReason()));
  }

  private boolean putRemotely(Path file, byte[] content) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    if (fileSystem.getScheme().equals("hdfs")) {
      return renameIfAbsent(fileSystem, file, content);
    }
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
    builder.recursive().overwrite(true).must(CONDITIONAL_OVERWRITE, true);
    WholeFile.write(fileSystem, file, builder.build(), out -> out.write(content));
    return true;
  }

  private boolean renameIfAbsent(FileSystem fileSystem, Path file, byte[] content)
      throws IOException {
    Path temporary = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    try {
      WholeFile.write(
          fileSystem, temporary, fileSystem.create(temporary, false), out -> out.write(content));
      FileContext.getFileContext(fileSystem.getUri(), configuration)
          .rename(temporary, file, Rename.NONE);
      return true;
    } finally {
      fileSystem.delete(temporary, false);
    }
  }

  /**
   * Whether the file is this writer's in spite of a failure, which stands as long as nobody knows.
   */
  private boolean holds(Path file, byte[] content, IOException failure) throws IOException {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return Arrays.equals(in.readAllBytes(), content);
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Of what a writer asks for here, a store can only fail to know the condition. */
  private static boolean isUnknownToStore(IOException e) {
    return e.getClass().getSimpleName().equals("AWSUnsupportedFeatureException");
  }

  /** S3A reports the failed condition by a class that is only there when S3A is. */
  private static boolean alreadyExists(IOException e) {
    return e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
        || e instanceof FileAlreadyExistsException
        || e.getClass().getSimpleName().equals("RemoteFileChangedException");
  }
}
