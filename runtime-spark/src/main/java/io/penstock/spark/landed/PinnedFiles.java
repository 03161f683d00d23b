package io.penstock.spark.landed;

import io.penstock.spark.files.LakeRoot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files that a source was found to hold, by name, length and time of modification. Files have
 * no versions: the listing is what a run is pinned to, and what tells whether two runs read the
 * same.
 */
record PinnedFiles(LakeRoot root, List<FileStatus> files) {
  public PinnedFiles {
    files = List.copyOf(files);
  }

  /** Of the listing: two sources with the same digest held the same files. */
  String digest() {
    TreeMap<String, FileStatus> byName = new TreeMap<>();
    int prefix = root.path().toString().length();
    files.forEach(file -> byName.put(file.getPath().toString().substring(prefix), file));
    StringBuilder listing = new StringBuilder();
    byName.forEach(
        (name, file) ->
            listing.append(
                String.format(
                    Locale.ROOT, "%s\t%d\t%d\n", name, file.getLen(), file.getModificationTime())));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(listing.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * A file that isn't as it was listed; empty when all are. Asked when everything is read, so that
   * it also finds what changed while it was read. Folders are listed again rather than each file
   * asked for: a store of objects answers for a thousand at once.
   */
  Optional<Path> changed(Configuration configuration) throws IOException {
    Map<Path, Map<String, FileStatus>> folders = new HashMap<>();
    for (FileStatus listed : files) {
      Path folder = listed.getPath().getParent();
      Map<String, FileStatus> now = folders.get(folder);
      if (now == null) {
        now = list(folder, configuration);
        folders.put(folder, now);
      }
      FileStatus current = now.get(listed.getPath().getName());
      boolean same = current != null && isSame(listed, current);
      if (!same && !isSameByItself(listed, configuration)) {
        return Optional.of(listed.getPath());
      }
    }
    return Optional.empty();
  }

  /** A source that is one file was asked for by itself, and a store may round its time then. */
  private static boolean isSameByItself(FileStatus listed, Configuration configuration)
      throws IOException {
    try {
      Path path = listed.getPath();
      return isSame(listed, path.getFileSystem(configuration).getFileStatus(path));
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static Map<String, FileStatus> list(Path folder, Configuration configuration)
      throws IOException {
    Map<String, FileStatus> files = new HashMap<>();
    try {
      for (FileStatus file : folder.getFileSystem(configuration).listStatus(folder)) {
        files.put(file.getPath().getName(), file);
      }
    } catch (FileNotFoundException e) {
      // None of its files is there any more.
      return Map.of();
    }
    return files;
  }

  private static boolean isSame(FileStatus listed, FileStatus current) {
    return listed.getLen() == current.getLen()
        && listed.getModificationTime() == current.getModificationTime()
        && Objects.equals(tag(listed), tag(current));
  }

  /** What a store of objects calls the content; empty elsewhere. */
  private static String tag(FileStatus file) {
    return file instanceof EtagSource tagged && tagged.getEtag() != null ? tagged.getEtag() : "";
  }
}
