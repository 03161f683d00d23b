package io.penstock.spark.cleaning;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.LakeOutputs;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Finds temporary files of writers that were killed. */
public final class TemporaryFiles {
  /** The names of files that are still being written. */
  private static final Pattern TEMPORARY =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.tmp)?");

  private final LakeRoot root;
  private final LakeFiles files;
  private final Instant before;

  /**
   * @param before files that were modified since are kept
   */
  public TemporaryFiles(LakeRoot root, LakeFiles files, Instant before) {
    this.root = root;
    this.files = files;
    this.before = before;
  }

  /** Searches a folder, except outputs in it. */
  public void find(Path folder, FoundLeftovers found) {
    for (LakeFiles.Entry entry : files.list(folder)) {
      Path path = new Path(folder, entry.name());
      if (root.isLink(path)) {
        continue;
      }
      if (entry.directory()) {
        if (!LakeOutputs.isOutput(files, path)) {
          find(path, found);
        }
      } else if (TEMPORARY.matcher(entry.name()).matches()) {
        files
            .changed(path)
            .filter(changed -> changed.isBefore(before))
            .ifPresent(
                changed ->
                    found.add(
                        new Leftover(
                            Kind.TEMPORARY_FILE,
                            path.toString(),
                            files.length(path).orElse(0),
                            changed),
                        () -> files.delete(path)));
      }
    }
  }
}
