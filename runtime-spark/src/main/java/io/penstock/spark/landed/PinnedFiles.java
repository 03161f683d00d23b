package io.penstock.spark.landed;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
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
 * The files of a source with their names, lengths and modification times. Files have no versions: a
 * run is pinned to the listing, which also tells whether two runs read the same files.
 */
record PinnedFiles(LakeRoot root, List<FileStatus> files) {
  public PinnedFiles {
    files = List.copyOf(files);
  }

  /** The digest of the listing: two sources with the same digest have the same files. */
  String digest() {
    TreeMap<String, FileStatus> byName = new TreeMap<>();
    files.forEach(file -> byName.put("/" + root.below(file.getPath()), file));
    StringBuilder listing = new StringBuilder();
    byName.forEach(
        (name, file) ->
            listing.append(
                String.format(
                    Locale.ROOT, "%s\t%d\t%d\n", name, file.getLen(), file.getModificationTime())));
    return Sha256.of(listing.toString(), 16);
  }

  /**
   * A file that has changed since it was listed; empty if none has. Called when everything has been
   * read, so that it also finds changes during reading. It lists the folders again instead of
   * requesting the status of each file, since object stores list a thousand files per request.
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
      if (!same && !isSameStatus(listed, configuration)) {
        return Optional.of(listed.getPath());
      }
    }
    return Optional.empty();
  }

  /** Compares a status that wasn't taken from a listing: stores may round its time differently. */
  private static boolean isSameStatus(FileStatus listed, Configuration configuration)
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
      // The folder and its files are gone.
      return Map.of();
    }
    return files;
  }

  private static boolean isSame(FileStatus listed, FileStatus current) {
    return listed.getLen() == current.getLen()
        && listed.getModificationTime() == current.getModificationTime()
        && Objects.equals(tag(listed), tag(current));
  }

  /** The entity tag of an object store; empty on file systems. */
  private static String tag(FileStatus file) {
    return file instanceof EtagSource tagged && tagged.getEtag() != null ? tagged.getEtag() : "";
  }
}
