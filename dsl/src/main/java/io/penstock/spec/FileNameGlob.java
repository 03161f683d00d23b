package io.penstock.spec;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;

/** Names of files, without their folders: {@code sales_*.{txt,dat}}. */
public record FileNameGlob(String text) {
  /**
   * @throws IllegalArgumentException if it isn't a glob
   */
  public FileNameGlob {
    try {
      matcher(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot use '%s' for the names of files: it isn't a glob. Fix: write one such as '*.csv' or 'sales_*.{txt,dat}'."
              .formatted(text),
          e);
    }
  }

  /** Whether a file has such a name. */
  public boolean matches(String name) {
    return matcher(text).matches(Path.of(name));
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
