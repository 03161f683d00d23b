package io.penstock.spark.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A folder to which a first run writes, or wrote before it was refused or died, and which the first
 * commit makes a table.
 *
 * <p>It is told from a folder with other files by a marker file, which is written before the first
 * data file and removed once the table is there. Of the other files in such a folder, only data
 * files are a run's, by their names.
 */
public final class UnbornTable {
  /** The marker's name; readers of tables and of folders skip names that begin like this. */
  private static final String MARKER = LakeLayout.FIRST_RUN;

  private static final String TEXT =
      """
      A run of Penstock writes the first files of a Delta table here. There is no table until it
      publishes them; a run that was refused, or died, leaves them behind. The next run of its job
      goes on beside them, and 'penstock clean' removes what is a week old.
      """;

  /** A data file, or Hadoop's checksums of one, where a file system has none of its own. */
  private static final Pattern OF_A_RUN = Pattern.compile("\\.?part-.*\\.parquet(\\.crc)?");

  private UnbornTable() {}

  /** Marks a folder as one to which a first run writes, and flushes it to the disk. */
  static void announce(Path table, LakeFiles files) {
    files.replace(marker(table), TEXT.getBytes(UTF_8));
  }

  /** Removes the marker of what has become a table. */
  static void settle(Path table, LakeFiles files) {
    files.delete(marker(table));
  }

  /** Whether a folder without a table is one in which a first run writes, or did. */
  public static boolean isAt(Path folder, LakeFiles files) {
    return files.exists(marker(folder));
  }

  /**
   * A file or folder, at any depth, that no first run left there; empty when a first run may write
   * to the folder.
   */
  public static Optional<String> foreign(Path folder, LakeFiles files) {
    return foreign(folder, files, isAt(folder, files));
  }

  /**
   * The marker of a folder, and temporary files of it, once nothing depends on them: there is a
   * table, or nothing beside them.
   */
  public static List<Path> spentMarkers(Path folder, LakeFiles files) {
    List<String> names = files.list(folder).stream().map(LakeFiles.Entry::name).toList();
    List<Path> markers =
        names.stream().filter(UnbornTable::isMarker).map(name -> new Path(folder, name)).toList();
    if (markers.isEmpty() || isTable(folder, files)) {
      return markers;
    }
    return files.below(folder).size() > markers.size() ? List.of() : markers;
  }

  /** A log without a version belongs to a table whose first commit was interrupted. */
  private static boolean isTable(Path folder, LakeFiles files) {
    return files.list(new Path(folder, LakeLayout.TABLE_LOG)).stream()
        .anyMatch(entry -> !entry.name().startsWith("."));
  }

  private static Optional<String> foreign(Path folder, LakeFiles files, boolean announced) {
    for (LakeFiles.Entry entry : files.list(folder)) {
      if (entry.directory()) {
        Optional<String> below = foreign(new Path(folder, entry.name()), files, announced);
        if (below.isPresent()) {
          return Optional.of(entry.name());
        }
      } else if (!isMarker(entry.name())
          && !(announced && OF_A_RUN.matcher(entry.name()).matches())) {
        return Optional.of(entry.name());
      }
    }
    return Optional.empty();
  }

  /** Whether it is the marker, a temporary file of it, or checksums of one. */
  private static boolean isMarker(String name) {
    return name.equals(MARKER) || name.startsWith("." + MARKER + ".");
  }

  private static Path marker(Path table) {
    return new Path(table, MARKER);
  }
}
