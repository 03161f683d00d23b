package io.penstock.spark.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** The local file system, by {@code java.nio}. */
final class LocalLakeFiles extends LakeFiles {
  @Override
  public InputStream open(Path file) {
    try {
      return Files.newInputStream(local(file));
    } catch (IOException e) {
      throw FileErrors.failed("read", file, e);
    }
  }

  @Override
  public OutputStream create(Path file) {
    java.nio.file.Path path = local(file);
    try {
      OutputStream created = LocalDisk.create(path);
      return new FilterOutputStream(created) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          created.close();
          LocalDisk.sync(path.getParent());
        }
      };
    } catch (IOException e) {
      throw FileErrors.failed("create", file, e);
    }
  }

  @Override
  public void replace(Path target, byte[] content) {
    java.nio.file.Path destination = local(target);
    java.nio.file.Path draft = temporaryBeside(destination);
    try {
      try (OutputStream out = LocalDisk.create(draft)) {
        out.write(content);
      }
    } catch (IOException e) {
      deleteQuietly(draft, e);
      throw FileErrors.failed("write", target, e);
    }
    try (Rename rename = new Rename(draft, destination, target)) {
      rename.commit();
    }
  }

  @Override
  public void persist(Path root, List<Path> written) {
    java.nio.file.Path top = local(root);
    Set<java.nio.file.Path> directories = new TreeSet<>();
    for (Path file : written) {
      java.nio.file.Path at = local(file);
      sync(file, at);
      while (at.startsWith(top) && !at.equals(top)) {
        at = at.getParent();
        directories.add(at);
      }
    }
    directories.forEach(directory -> sync(root, directory));
  }

  private static void sync(Path path, java.nio.file.Path file) {
    try {
      LocalDisk.sync(file);
    } catch (IOException e) {
      throw FileErrors.failed("bring to the disk", path, e);
    }
  }

  @Override
  public OptionalLong length(Path file) {
    try {
      java.nio.file.Path path = local(file);
      return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw FileErrors.failed("look at", file, e);
    }
  }

  @Override
  public Optional<Instant> changed(Path path) {
    try {
      return Optional.of(
          Files.getLastModifiedTime(local(path), LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileErrors.failed("look at", path, e);
    }
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(local(path));
  }

  @Override
  public List<Entry> list(Path directory) {
    try (Stream<java.nio.file.Path> children = Files.list(local(directory))) {
      return children
          .map(child -> new Entry(child.getFileName().toString(), Files.isDirectory(child)))
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw FileErrors.failed("list", directory, e);
    }
  }

  @Override
  public void delete(Path path) {
    java.nio.file.Path root = local(path);
    try {
      if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(root);
        return;
      }
    } catch (IOException e) {
      throw FileErrors.failed("delete", path, e);
    }
    try (Stream<java.nio.file.Path> tree = Files.walk(root)) {
      for (java.nio.file.Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      throw FileErrors.failed("delete (somebody else changes it meanwhile)", path, e);
    } catch (IOException e) {
      throw FileErrors.failed("delete", path, e);
    }
  }

  @Override
  public Replacement prepareReplacement(Path source, Path target) {
    java.nio.file.Path destination = local(target);
    java.nio.file.Path copy = temporaryBeside(destination);
    try {
      try (InputStream in = Files.newInputStream(local(source));
          OutputStream out = LocalDisk.create(copy)) {
        in.transferTo(out);
      }
      return new Rename(copy, destination, target);
    } catch (IOException e) {
      deleteQuietly(copy, e);
      throw FileErrors.failed("prepare", target, e);
    }
  }

  /**
   * A hidden name in the target's own directory: a rename is atomic within one file system only.
   */
  static java.nio.file.Path temporaryBeside(java.nio.file.Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  static void deleteQuietly(java.nio.file.Path path, IOException reason) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private record Rename(java.nio.file.Path copy, java.nio.file.Path destination, Path target)
      implements Replacement {
    @Override
    public void commit() {
      try {
        Files.move(
            copy, destination, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        LocalDisk.sync(destination.getParent());
      } catch (IOException e) {
        throw FileErrors.failed("replace", target, e);
      }
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        throw FileErrors.failed("remove the unused copy of", target, e);
      }
    }
  }
}
