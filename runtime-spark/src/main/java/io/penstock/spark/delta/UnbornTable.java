package io.penstock.spark.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A folder in which a first run writes before a commit makes a table of it, or in which one did
 * that was refused or died.
 *
 * <p>It is told from a folder of somebody else's files by a note that lies in it from before the
 * first data file until the table is there. Nothing else in such a folder is a run's than data
 * files, by their names.
 */
public final class UnbornTable {
  /** The note's name; readers of tables and of folders pass over names that begin like this. */
  private static final String NOTE = LakeLayout.FIRST_RUN;

  private static final String TEXT =
      """
      A run of Penstock writes the first files of a Delta table here. There is no table until it
      publishes them; a run that was refused, or died, leaves them behind. The next run of its job
      goes on beside them, and 'penstock clean' removes what is a week old.
      """;

  private static final String LOG = "_delta_log";

  /** A data file, or what Hadoop keeps of its checksums where a file system has none. */
  private static final Pattern OF_A_RUN = Pattern.compile("\\.?part-.*\\.parquet(\\.crc)?");

  private UnbornTable() {}

  /** Says of a folder that a first run writes there, and brings the folder to the disk. */
  static void announce(Path table, LakeFiles files) {
    files.replace(note(table), TEXT.getBytes(UTF_8));
  }

  /** Takes the note away from what has become a table. */
  static void settle(Path table, LakeFiles files) {
    files.delete(note(table));
  }

  /** Whether a folder without a table is one in which a first run writes, or did. */
  public static boolean isAt(Path folder, LakeFiles files) {
    return files.exists(note(folder));
  }

  /**
   * What lies in a folder, at any depth, that no first run left there; empty when a first run may
   * write to it.
   */
  public static Optional<String> foreign(Path folder, LakeFiles files) {
    return foreign(folder, files, isAt(folder, files));
  }

  /**
   * The note of a folder, and drafts of it, once nothing depends on them: there is a table, or
   * nothing beside them.
   */
  public static List<Path> spentNotes(Path folder, LakeFiles files) {
    List<String> names = files.list(folder).stream().map(LakeFiles.Entry::name).toList();
    List<Path> notes =
        names.stream().filter(UnbornTable::isNote).map(name -> new Path(folder, name)).toList();
    if (notes.isEmpty() || isBorn(folder, files)) {
      return notes;
    }
    return files.below(folder).size() > notes.size() ? List.of() : notes;
  }

  /** A log without a version is that of a table whose first commit was cut off. */
  private static boolean isBorn(Path folder, LakeFiles files) {
    return files.list(new Path(folder, LOG)).stream()
        .anyMatch(entry -> !entry.name().startsWith("."));
  }

  private static Optional<String> foreign(Path folder, LakeFiles files, boolean announced) {
    for (LakeFiles.Entry entry : files.list(folder)) {
      if (entry.directory()) {
        Optional<String> below = foreign(new Path(folder, entry.name()), files, announced);
        if (below.isPresent()) {
          return Optional.of(entry.name());
        }
      } else if (!isNote(entry.name())
          && !(announced && OF_A_RUN.matcher(entry.name()).matches())) {
        return Optional.of(entry.name());
      }
    }
    return Optional.empty();
  }

  /** Whether it is the note, a draft of it from before it gets its name, or checksums of one. */
  private static boolean isNote(String name) {
    return name.equals(NOTE) || name.startsWith("." + NOTE + ".");
  }

  private static Path note(Path table) {
    return new Path(table, NOTE);
  }
}
