package io.penstock.spark.files;

import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The directory that holds the whole lake, and the only way to turn a relative lake path such as
 * {@code raw/orders} into a file system path.
 *
 * <p>A resolved path is always strictly below the root. On a local file system its deepest existing
 * part, with symbolic links followed, has to be below the root too. That is checked once, when the
 * path is resolved: the check protects from mistakes and hostile parameters, not from somebody who
 * creates links inside the lake during a run.
 *
 * @param path absolute and qualified with scheme and authority
 */
public record LakeRoot(Path path) {

  /** Characters that Spark's and Hadoop's path arguments read as wildcards. */
  private static final String WILDCARDS = "*?{}[]";

  private static final String FOLLOW_LINKS = "follow the links of";

  public LakeRoot {
    if (!path.isAbsolute() || path.toUri().getScheme() == null) {
      throw FileErrors.rootWithoutScheme(path);
    }
  }

  /**
   * Qualifies a directory by its file system. The directory need not exist.
   *
   * @param directory a local path or a URI that Hadoop knows
   * @throws RunFailedException if it is not a path, or its file system can't keep two writers apart
   */
  public static LakeRoot of(String directory, Configuration configuration) {
    try {
      Path path = new Path(directory);
      if (path.toUri().getScheme() != null) {
        // First, so that Hadoop doesn't look for a file system that Penstock can't use.
        PutIfAbsent.requireSupported(path);
      }
      return new LakeRoot(
          LakeFiles.access(
              "open the lake root",
              path,
              () -> path.getFileSystem(configuration).makeQualified(path)));
    } catch (IllegalArgumentException e) {
      // An unknown host is reported like this, too.
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      throw FileErrors.unreadableRoot(directory, e);
    }
  }

  /**
   * The file system path of a lake path.
   *
   * @param lakePath segments separated by single slashes, relative to the root
   * @throws RunFailedException if the path is absolute, has a scheme, an empty, {@code .} or {@code
   *     ..} segment, a control character, half a surrogate pair, a backslash, a colon or a
   *     wildcard, or if a link on it leads out of the root
   */
  public Path resolve(String lakePath) {
    requireRelative(lakePath);
    for (String segment : lakePath.split("/", -1)) {
      requireSafe(lakePath, segment);
    }
    Path resolved = new Path(path, lakePath);
    if (LakeFiles.isLocal(resolved)) {
      requireNoEscape(lakePath, resolved);
    }
    return resolved;
  }

  /**
   * Whether a path below the root exists and is in the lake, every link followed. Only the local
   * file system has links.
   */
  public boolean holds(Path entry) {
    return !LakeFiles.isLocal(entry) || isBelowRoot(entry, LakeFiles.local(entry));
  }

  /** The real path of an entry, every link followed. */
  public Path realPath(Path entry) {
    return LakeFiles.isLocal(entry)
        ? LakeFiles.access(FOLLOW_LINKS, entry, () -> hadoop(LakeFiles.local(entry).toRealPath()))
        : entry;
  }

  /** Not made from the whole URI, which ends in a slash for a directory. */
  private static Path hadoop(java.nio.file.Path local) {
    return new Path("file", null, local.toUri().getPath());
  }

  /** The real path of an entry that may not exist: links are followed in the part that does. */
  public Path place(Path entry) {
    if (!LakeFiles.isLocal(entry)) {
      return entry;
    }
    java.nio.file.Path whole = LakeFiles.local(entry);
    java.nio.file.Path deepest = whole;
    while (deepest.getParent() != null && !Files.exists(deepest)) {
      deepest = deepest.getParent();
    }
    Path real = realPath(hadoop(deepest));
    return deepest.equals(whole)
        ? real
        : hadoop(LakeFiles.local(real).resolve(deepest.relativize(whole)));
  }

  /** The path of an entry below the root, which doesn't depend on where the lake lies. */
  public String below(Path entry) {
    return entry.toString().substring(path.toString().length() + 1);
  }

  /** The links in a folder that lead to nothing, which Hadoop's listing leaves out. */
  public List<Path> danglingLinks(Path folder) {
    if (!LakeFiles.isLocal(folder)) {
      return List.of();
    }
    return LakeFiles.access(
        FOLLOW_LINKS,
        folder,
        () -> {
          try (Stream<java.nio.file.Path> entries = Files.list(LakeFiles.local(folder))) {
            return entries
                .filter(entry -> Files.isSymbolicLink(entry) && !Files.exists(entry))
                .map(LakeRoot::hadoop)
                .toList();
          }
        });
  }

  /** Whether an entry is itself a link. */
  public boolean isLink(Path entry) {
    return LakeFiles.isLocal(entry) && Files.isSymbolicLink(LakeFiles.local(entry));
  }

  private static void requireRelative(String lakePath) {
    if (lakePath.isEmpty()) {
      throw FileErrors.unsafePath(lakePath, "it is empty");
    }
    if (lakePath.startsWith("/")) {
      throw FileErrors.unsafePath(lakePath, "it is absolute");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(lakePath)) {
      throw FileErrors.unsafePath(
          lakePath, "it holds half a surrogate pair, which nothing can store");
    }
    if (lakePath.indexOf(':') >= 0) {
      throw FileErrors.unsafePath(lakePath, "it holds a ':', which starts a scheme");
    }
  }

  private static void requireSafe(String lakePath, String segment) {
    if (segment.isBlank()) {
      throw FileErrors.unsafePath(lakePath, "it has an empty segment");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw FileErrors.unsafePath(lakePath, "it has a '" + segment + "' segment");
    }
    for (int i = 0; i < segment.length(); i++) {
      char character = segment.charAt(i);
      if (Character.isISOControl(character)) {
        throw FileErrors.unsafePath(lakePath, "it has a control character");
      }
      if (character == '\\') {
        throw FileErrors.unsafePath(lakePath, "it has a backslash");
      }
      if (WILDCARDS.indexOf(character) >= 0) {
        throw FileErrors.unsafePath(lakePath, "it has the wildcard '" + character + "'");
      }
    }
  }

  private void requireNoEscape(String lakePath, Path resolved) {
    java.nio.file.Path root = LakeFiles.local(path);
    java.nio.file.Path deepest = LakeFiles.local(resolved);
    // A dangling link counts as existing: a writer would create its target.
    while (!Files.exists(deepest, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      if (deepest.equals(root)) {
        return;
      }
      deepest = deepest.getParent();
    }
    if (!isBelowRoot(resolved, deepest)) {
      throw FileErrors.escapesRoot(lakePath, path);
    }
  }

  /** Whether a path exists and lies below the root, every link followed. */
  private boolean isBelowRoot(Path entry, java.nio.file.Path local) {
    return LakeFiles.accessIfPresent(
            FOLLOW_LINKS,
            entry,
            () -> local.toRealPath().startsWith(LakeFiles.local(path).toRealPath()))
        .orElse(false);
  }
}
