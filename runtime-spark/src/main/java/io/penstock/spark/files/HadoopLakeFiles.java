package io.penstock.spark.files;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** Distributed file systems and object stores, by Hadoop. */
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
    try {
      return fileSystem.open(file);
    } catch (IOException e) {
      throw FileErrors.failed("read", file, e);
    }
  }

  @Override
  public OutputStream create(Path file) {
    try {
      return new BufferedOutputStream(fileSystem.create(file, false), BUFFER);
    } catch (IOException e) {
      throw FileErrors.failed("create", file, e);
    }
  }

  @Override
  public void replace(Path target, byte[] content) {
    if (!renamesAtomically()) {
      write(target, content, target);
      return;
    }
    Path draft = temporaryBeside(target);
    write(draft, content, target);
    try (OverwritingRename rename = new OverwritingRename(draft, target)) {
      rename.commit();
    }
  }

  private void write(Path destination, byte[] content, Path target) {
    try {
      WholeFile.write(
          fileSystem, destination, fileSystem.create(destination, true), out -> out.write(content));
    } catch (IOException e) {
      throw FileErrors.failed("write", target, e);
    }
  }

  private boolean renamesAtomically() {
    return "hdfs".equals(fileSystem.getScheme());
  }

  private static Path temporaryBeside(Path target) {
    return new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
  }

  @Override
  public void persist(Path root, List<Path> written) {
    // They are where the file system keeps closed files.
  }

  @Override
  public OptionalLong length(Path file) {
    try {
      FileStatus status = fileSystem.getFileStatus(file);
      return status.isFile() ? OptionalLong.of(status.getLen()) : OptionalLong.empty();
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw FileErrors.failed("look at", file, e);
    }
  }

  @Override
  public Optional<Instant> changed(Path path) {
    try {
      return Optional.of(
          Instant.ofEpochMilli(fileSystem.getFileStatus(path).getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileErrors.failed("look at", path, e);
    }
  }

  @Override
  public boolean exists(Path path) {
    try {
      return fileSystem.exists(path);
    } catch (IOException e) {
      throw FileErrors.failed("look at", path, e);
    }
  }

  @Override
  public List<Entry> list(Path directory) {
    try {
      return Arrays.stream(fileSystem.listStatus(directory))
          .map(status -> new Entry(status.getPath().getName(), status.isDirectory()))
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw FileErrors.failed("list", directory, e);
    }
  }

  @Override
  public void delete(Path path) {
    try {
      fileSystem.delete(path, true);
    } catch (IOException e) {
      throw FileErrors.failed("delete", path, e);
    }
  }

  @Override
  public Replacement prepareReplacement(Path source, Path target) {
    if (!renamesAtomically()) {
      return new Overwrite(source, target);
    }
    Path copy = temporaryBeside(target);
    copy(source, copy, target);
    return new OverwritingRename(copy, target);
  }

  private void copy(Path source, Path destination, Path target) {
    try (InputStream in = fileSystem.open(source)) {
      WholeFile.write(
          fileSystem, destination, fileSystem.create(destination, true), in::transferTo);
    } catch (IOException e) {
      throw FileErrors.failed("write", target, e);
    }
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
      try {
        FileContext.getFileContext(fileSystem.getUri(), configuration)
            .rename(copy, target, Rename.OVERWRITE);
      } catch (IOException e) {
        throw FileErrors.failed("replace", target, e);
      }
    }

    @Override
    public void close() {
      delete(copy);
    }
  }

  private final class Overwrite implements Replacement {
    private final Path source;
    private final Path target;

    Overwrite(Path source, Path target) {
      this.source = source;
      this.target = target;
    }

    @Override
    public void commit() {
      copy(source, target, target);
    }

    @Override
    public void close() {
      // Nothing was prepared.
    }
  }
}
