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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * Creates a small file unless it exists: of any number of writers in any number of processes,
 * exactly one succeeds, and no reader ever sees a part of the content.
 *
 * <ul>
 *   <li>{@code file}: written under a temporary name, flushed to disk, then hard-linked to its own
 *       name. {@code link(2)} fails when the name is taken; a rename would overwrite.
 *   <li>{@code hdfs}: written under a temporary name, then renamed without overwriting, which the
 *       name node decides. {@code create} without overwriting would show the name before the
 *       content.
 *   <li>{@code s3a}: a conditional write ({@code If-None-Match}), from Hadoop 3.4.2. Plain {@code
 *       create} without overwriting looks first and writes later, so that two writers can succeed.
 *       {@link ConditionalWrites} finds out whether the store honours the condition.
 *   <li>Any other scheme is refused.
 * </ul>
 *
 * <p>The response of a remote store can get lost. Therefore the content has to be unique to its
 * writer (it holds a run id): a writer that finds its own content knows that it succeeded.
 */
public final class PutIfAbsent {
  private static final String CONDITIONAL_OVERWRITE = "fs.option.create.conditional.overwrite";

  private final Configuration configuration;

  public PutIfAbsent(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Creates the file with this content, or leaves the existing one as it is.
   *
   * @param file qualified; parent directories are created
   * @return true if the file now holds this writer's content, false if another writer's
   * @throws RunFailedException if the file system can't keep two writers apart
   * @throws java.io.UncheckedIOException if the file system failed; the file may then exist
   */
  public boolean put(Path file, byte[] content) {
    requireSupported(file);
    return LakeFiles.access(
        "create",
        file,
        () -> LakeFiles.isLocal(file) ? link(file, content) : putRemotely(file, content));
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
    java.nio.file.Path temporary = LakeFiles.local(LakeFiles.temporaryBeside(file));
    try {
      try (OutputStream out = LocalDisk.create(temporary)) {
        out.write(content);
      }
      if (!createLink(file, target, temporary)) {
        // A network file system may send the request twice and report the second response.
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
   * Whether a file system reports that it has no hard links. A file was created in the directory
   * just before, and a full or failing disk reports something else.
   */
  static boolean isWithoutHardLinks(FileSystemException failure) {
    return Set.of("Operation not permitted", "Operation not supported", "Function not implemented")
        .contains(String.valueOf(failure.getReason()));
  }

  private boolean putRemotely(Path file, byte[] content) throws IOException {
    try {
      write(file, content);
      return true;
    } catch (IOException e) {
      if (holds(file, content, e)) {
        return true;
      }
      if (alreadyExists(e)) {
        return false;
      }
      if (isUnsupported(e)) {
        throw FileErrors.conditionRefused(file, e);
      }
      throw e;
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    if (fileSystem.getScheme().equals("hdfs")) {
      renameIfAbsent(fileSystem, file, content);
      return;
    }
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
    builder.recursive().overwrite(true).must(CONDITIONAL_OVERWRITE, true);
    AtomicWrite.write(fileSystem, file, builder.build(), out -> out.write(content));
  }

  private void renameIfAbsent(FileSystem fileSystem, Path file, byte[] content) throws IOException {
    Path temporary = LakeFiles.temporaryBeside(file);
    try {
      AtomicWrite.write(
          fileSystem, temporary, fileSystem.create(temporary, false), out -> out.write(content));
      FileContext.getFileContext(fileSystem.getUri(), configuration)
          .rename(temporary, file, Rename.NONE);
    } finally {
      fileSystem.delete(temporary, false);
    }
  }

  /**
   * Whether the file holds this writer's content in spite of a failure, which is thrown again if
   * that can't be found out.
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

  /** The condition is the only feature used here that a store may not support. */
  private static boolean isUnsupported(IOException e) {
    return e.getClass().getSimpleName().equals("AWSUnsupportedFeatureException");
  }

  /** S3A reports the failed condition by a class of its own jar, which may be absent. */
  private static boolean alreadyExists(IOException e) {
    return e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
        || e instanceof FileAlreadyExistsException
        || e.getClass().getSimpleName().equals("RemoteFileChangedException");
  }
}
