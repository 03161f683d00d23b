package io.penstock.spark.compile;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Lists the Delta tables of a lake, for messages that propose one. */
public final class LakeTables {
  /** Deeper than people nest tables, and shallow enough to list quickly. */
  private static final int DEPTH = 4;

  private static final String LOG = "_delta_log";

  private LakeTables() {}

  /** The lake paths of the tables, in alphabetical order. */
  public static List<String> below(LakeRoot root, Configuration configuration) {
    List<String> found = new ArrayList<>();
    collect(LakeFiles.of(root.path(), configuration), root.path(), "", DEPTH, found);
    return found;
  }

  private static void collect(
      LakeFiles files, Path folder, String lakePath, int depth, List<String> found) {
    List<String> folders =
        files.list(folder).stream()
            .filter(LakeFiles.Entry::directory)
            .map(LakeFiles.Entry::name)
            .toList();
    if (folders.contains(LOG)) {
      found.add(lakePath);
      return;
    }
    for (String name : folders) {
      if (depth > 0 && !name.startsWith(".") && name.indexOf('=') < 0) {
        collect(
            files,
            new Path(folder, name),
            lakePath.isEmpty() ? name : lakePath + "/" + name,
            depth - 1,
            found);
      }
    }
  }
}
