package io.penstock.spec;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;

/**
 * Which files a source reads.
 *
 * @param path the folder in which they lie, with placeholders for the columns of the partition
 * @param window the units read; empty when all files below the folder are
 * @param names which names of files are read, as a glob; empty for those with an ending of the
 *     format
 */
public record FileSelection(
    LakePath path,
    Optional<Window> window,
    Source.WhenMissing whenMissing,
    Optional<String> names) {
  public FileSelection {
    names.ifPresent(FileSelection::requireGlob);
  }

  /** The files below a folder whose names have an ending of the format. */
  public static FileSelection of(LakePath path) {
    return new FileSelection(path, Optional.empty(), Source.WhenMissing.FAIL, Optional.empty());
  }

  FileSelection partition(Window units) {
    return new FileSelection(path, Optional.of(units), whenMissing, names);
  }

  FileSelection orEmpty() {
    return new FileSelection(path, window, Source.WhenMissing.TREAT_AS_EMPTY, names);
  }

  FileSelection named(String glob) {
    return new FileSelection(path, window, whenMissing, Optional.of(glob));
  }

  /** Whether a name of a file, without its folder, is asked for; empty when none is asked for. */
  public Optional<Boolean> matches(String name) {
    return names.map(glob -> matcher(glob).matches(Path.of(name)));
  }

  private static void requireGlob(String glob) {
    Names.text("names of files", glob);
    if (glob.contains("/")) {
      throw new IllegalArgumentException(
          "Cannot use '%s' for the names of files: it holds a '/'. Fix: name the folder in the path, and files alone here."
              .formatted(glob));
    }
    try {
      matcher(glob);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot use '%s' for the names of files: it isn't a glob. Fix: write one such as '*.csv' or 'sales_*.{txt,dat}'."
              .formatted(glob),
          e);
    }
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
