package io.penstock.spark.delta;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.cleaning.FoundLeftovers;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.LakeOutputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds the data files in a table's folder that its retained log doesn't name: a run wrote them,
 * and died or was refused. Files that the log names as removed are left to {@code VACUUM}, which
 * knows how far back the table's history is to reach.
 *
 * @param named the files that the log of a table names
 * @param before what was changed since is left alone
 */
record TableLeftovers(
    LakeRoot root, Function<Path, Set<Path>> named, Configuration configuration, Instant before) {
  private static final Pattern DATA_FILE = Pattern.compile("part-.*\\.parquet");

  /** Hadoop's checksums of a data file, on file systems that have none of their own. */
  private static final Pattern CHECKSUMS = Pattern.compile("\\.(" + DATA_FILE + ")\\.crc");

  /** The folders of {@code delta.randomizeFilePrefixes}. */
  private static final Pattern RANDOM_PREFIX = Pattern.compile("[0-9A-Za-z]{2}");

  void find(Path table, FoundLeftovers found) {
    LakeFiles files = LakeFiles.of(table, configuration);
    // Listed before the log is read: what is committed in between is then named.
    List<Path> old = new ArrayList<>();
    collect(files, table, old);
    if (old.isEmpty()) {
      return;
    }
    Set<Path> inUse = named.apply(table);
    old.removeIf(file -> inUse.contains(dataFile(file)));
    old.forEach(file -> found.add(leftover(files, file), () -> files.delete(file)));
  }

  private void collect(LakeFiles files, Path directory, List<Path> old) {
    for (LakeFiles.Entry entry : files.list(directory)) {
      Path path = new Path(directory, entry.name());
      if (root.isLink(path)) {
        continue;
      }
      if (entry.directory()) {
        if (isOfTable(entry.name()) && !LakeOutputs.isOutput(files, path)) {
          collect(files, path, old);
        }
      } else if (DATA_FILE.matcher(dataFile(path).getName()).matches()
          && files.changed(path).map(changed -> changed.isBefore(before)).orElse(false)) {
        old.add(path);
      }
    }
  }

  /** The data file itself, or the one that checksums are of. */
  private static Path dataFile(Path file) {
    Matcher checksums = CHECKSUMS.matcher(file.getName());
    return checksums.matches() ? new Path(file.getParent(), checksums.group(1)) : file;
  }

  /**
   * Whether a table's own data files may lie in a folder: in that of a partition, or in one by
   * which Delta spreads files over an object store. Anything else is not the table's, or has rules
   * of its own, such as the log, change data and indexes.
   */
  private static boolean isOfTable(String folder) {
    return folder.indexOf('=') > 0 || RANDOM_PREFIX.matcher(folder).matches();
  }

  private static Leftover leftover(LakeFiles files, Path file) {
    return new Leftover(
        Kind.TABLE_FILE,
        file.toString(),
        files.length(file).orElse(0),
        files.changed(file).orElse(Instant.EPOCH));
  }
}
