package io.penstock.spark.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** The local file system, through {@code java.nio}. */
final class LocalLakeFiles extends LakeFiles {
  @Override
  public InputStream open(Path file) {
    return access("read", file, () -> Files.newInputStream(local(file)));
  }

  @Override
  public OutputStream create(Path file) {
    java.nio.file.Path path = local(file);
    OutputStream created = access("create", file, () -> LocalDisk.create(path));
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
    access(
        "flush to disk",
        path,
        () -> {
          LocalDisk.sync(file);
          return file;
        });
  }

  @Override
  public OptionalLong length(Path file) {
    java.nio.file.Path path = local(file);
    return Files.isRegularFile(path)
        ? accessIfPresent("look at", file, () -> OptionalLong.of(Files.size(path)))
            .orElse(OptionalLong.empty())
        : OptionalLong.empty();
  }

  @Override
  public Optional<Instant> changed(Path path) {
    return accessIfPresent(
        "look at",
        path,
        () -> Files.getLastModifiedTime(local(path), LinkOption.NOFOLLOW_LINKS).toInstant());
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(local(path));
  }

  @Override
  public List<Entry> list(Path directory) {
    return accessIfPresent(
            "list",
            directory,
            () -> {
              try (Stream<java.nio.file.Path> children = Files.list(local(directory))) {
                return children
                    .map(
                        child ->
                            new Entry(child.getFileName().toString(), Files.isDirectory(child)))
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
              }
            })
        .orElse(List.of());
  }

  @Override
  public void delete(Path path) {
    try {
      deleteTree(local(path));
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      throw new FailedAccessException("delete (another process is changing it)", path, e);
    } catch (IOException e) {
      throw new FailedAccessException("delete", path, e);
    }
  }

  private static void deleteTree(java.nio.file.Path root) throws IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(root);
      return;
    }
    try (Stream<java.nio.file.Path> tree = Files.walk(root)) {
      for (java.nio.file.Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  Replacement prepare(Path target, Content content) {
    Path copy = temporaryBeside(target);
    return access(
        "write",
        target,
        () -> {
          try (InputStream in = content.open();
              OutputStream out = LocalDisk.create(local(copy))) {
            in.transferTo(out);
          } catch (IOException | RuntimeException e) {
            deleteQuietly(local(copy), e);
            throw e;
          }
          return new Rename(local(copy), local(target), target);
        });
  }

  private static void deleteQuietly(java.nio.file.Path path, Exception reason) {
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
      access(
          "replace",
          target,
          () -> {
            Files.move(
                copy,
                destination,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
            LocalDisk.sync(destination.getParent());
            return target;
          });
    }

    @Override
    public void close() {
      access("remove the unused copy of", target, () -> Files.deleteIfExists(copy));
    }
  }
}
