package io.penstock.spark.files;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** Distributed file systems and object stores, through Hadoop. */
final class HadoopLakeFiles extends LakeFiles {
  private static final int BUFFER = 1 << 16;

  private final FileSystem fileSystem;
  private final Configuration configuration;

  HadoopLakeFiles(FileSystem fileSystem, Configuration configuration) {
    this.fileSystem = fileSystem;
    this.configuration = configuration;
  }

  @Override
  public InputStream open(Path file) {
    return access("read", file, () -> fileSystem.open(file));
  }

  @Override
  public OutputStream create(Path file) {
    return access(
        "create", file, () -> new BufferedOutputStream(fileSystem.create(file, false), BUFFER));
  }

  @Override
  public void persist(Path root, List<Path> written) {
    // The file system stores closed files durably.
  }

  @Override
  public OptionalLong length(Path file) {
    return status(file)
        .filter(FileStatus::isFile)
        .map(status -> OptionalLong.of(status.getLen()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public Optional<Instant> changed(Path path) {
    return status(path).map(status -> Instant.ofEpochMilli(status.getModificationTime()));
  }

  @Override
  public boolean exists(Path path) {
    return access("look at", path, () -> fileSystem.exists(path));
  }

  private Optional<FileStatus> status(Path path) {
    return accessIfPresent("look at", path, () -> fileSystem.getFileStatus(path));
  }

  @Override
  public List<Entry> list(Path directory) {
    return accessIfPresent("list", directory, () -> fileSystem.listStatus(directory)).stream()
        .flatMap(Arrays::stream)
        .map(status -> new Entry(status.getPath().getName(), status.isDirectory()))
        .sorted(Comparator.comparing(Entry::name))
        .toList();
  }

  @Override
  public void delete(Path path) {
    access("delete", path, () -> fileSystem.delete(path, true));
  }

  @Override
  Replacement prepare(Path target, Content content) {
    if (!"hdfs".equals(fileSystem.getScheme())) {
      return new Overwrite(content, target);
    }
    Path copy = temporaryBeside(target);
    write(content, copy, target);
    return new OverwritingRename(copy, target);
  }

  private void write(Content content, Path destination, Path target) {
    access(
        "write",
        target,
        () -> {
          try (InputStream in = content.open()) {
            AtomicWrite.write(
                fileSystem, destination, fileSystem.create(destination, true), in::transferTo);
          }
          return destination;
        });
  }

  /** Renames through FileContext: FileSystem's public rename moves into an existing directory. */
  private final class OverwritingRename implements Replacement {
    private final Path copy;
    private final Path target;

    OverwritingRename(Path copy, Path target) {
      this.copy = copy;
      this.target = target;
    }

    @Override
    public void commit() {
      access(
          "replace",
          target,
          () -> {
            FileContext.getFileContext(fileSystem.getUri(), configuration)
                .rename(copy, target, Rename.OVERWRITE);
            return target;
          });
    }

    @Override
    public void close() {
      delete(copy);
    }
  }

  private final class Overwrite implements Replacement {
    private final Content content;
    private final Path target;

    Overwrite(Content content, Path target) {
      this.content = content;
      this.target = target;
    }

    @Override
    public void commit() {
      write(content, target, target);
    }

    @Override
    public void close() {
      // Nothing was prepared.
    }
  }
}
