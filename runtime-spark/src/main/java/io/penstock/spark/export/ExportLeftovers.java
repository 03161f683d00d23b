package io.penstock.spark.export;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.engine.RunNames;
import io.penstock.spark.cleaning.CleanedOutput;
import io.penstock.spark.cleaning.TemporaryFiles;
import io.penstock.spark.csv.CsvFileWriter;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.NumberedEntries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds and removes the versions of an export that are no longer read. */
public final class ExportLeftovers {
  private final LakeFiles files;
  private final Instant before;

  /**
   * @param directory of the export
   * @param before versions that were replaced or abandoned since are kept
   */
  public ExportLeftovers(Path directory, Configuration configuration, Instant before) {
    this.files = LakeFiles.of(directory, configuration);
    this.before = before;
  }

  /** An export, with a finder of its old versions and temporary files. */
  public static CleanedOutput output(
      LakeRoot root, Path export, Configuration configuration, Instant before) {
    ExportLeftovers leftovers = new ExportLeftovers(export, configuration, before);
    return new CleanedOutput(
        export,
        found -> {
          leftovers
              .find(export)
              .forEach(old -> found.add(leftover(old), () -> leftovers.remove(old)));
          new TemporaryFiles(root, leftovers.files, before).find(export, found);
        });
  }

  private static Leftover leftover(OldVersion old) {
    Kind kind = old.entry().isPresent() ? Kind.REPLACED_VERSION : Kind.UNPUBLISHED_VERSION;
    return new Leftover(kind, old.version().toString(), old.bytes(), old.changed());
  }

  /**
   * A version to remove.
   *
   * @param entry the file that made it current; empty if it was never published
   * @param changed when it was replaced, or last modified
   */
  public record OldVersion(Path version, Optional<Path> entry, long bytes, Instant changed) {}

  /** The versions that were replaced, or written and never published, before the time. */
  public List<OldVersion> find(Path directory) {
    List<OldVersion> found = new ArrayList<>();
    collect(new ExportTarget(directory, List.of()), found);
    return found;
  }

  /**
   * Removes a version. Its entry is removed first: after a crash, an entry without a version would
   * look like damage, while a version without an entry is found again.
   */
  public void remove(OldVersion old) {
    old.entry().ifPresent(files::delete);
    files.delete(old.version());
  }

  private void collect(ExportTarget target, List<OldVersion> found) {
    List<String> inVersions = folders(target.versions());
    oldVersions(target, inVersions, found);
    List<String> inside = target.partition().isEmpty() ? folders(target.allVersions()) : inVersions;
    for (String name : inside) {
      if (name.indexOf('=') > 0) {
        collect(target.within(PartitionSegment.parse(name)), found);
      }
    }
  }

  private void oldVersions(ExportTarget target, List<String> names, List<OldVersion> found) {
    List<Long> epochs =
        NumberedEntries.numbers(files.list(target.entries())).boxed().sorted().toList();
    Map<String, Integer> published = new HashMap<>();
    for (int i = 0; i < epochs.size(); i++) {
      Path entry = target.entry(epochs.get(i));
      published.put(ExportJson.entry(files, entry).runId(), i);
    }
    for (String runId : names) {
      if (RunNames.isRunId(runId) && isVersion(target.version(runId))) {
        Optional<Integer> position = Optional.ofNullable(published.get(runId));
        if (position.isEmpty()) {
          unpublished(target.version(runId)).ifPresent(found::add);
        } else if (position.get() < epochs.size() - 1) {
          replaced(target, runId, epochs.get(position.get()), epochs.get(position.get() + 1))
              .ifPresent(found::add);
        }
      }
    }
  }

  /** A version has files and a folder of pieces: a folder with other folders isn't a version. */
  private boolean isVersion(Path folder) {
    return files.list(folder).stream()
        .filter(LakeFiles.Entry::directory)
        .allMatch(entry -> entry.name().equals(CsvFileWriter.PIECES));
  }

  /** An attempt may still be writing as long as the newest file is young. */
  private Optional<OldVersion> unpublished(Path version) {
    Optional<Instant> newest =
        files.below(version).stream()
            .flatMap(file -> files.changed(file).stream())
            .max(Comparator.naturalOrder())
            .or(() -> files.changed(version));
    return newest
        .filter(changed -> changed.isBefore(before))
        .map(changed -> new OldVersion(version, Optional.empty(), bytes(version), changed));
  }

  /** A slow consumer may still read a version that was replaced recently. */
  private Optional<OldVersion> replaced(ExportTarget target, String runId, long epoch, long next) {
    Path version = target.version(runId);
    return files
        .changed(target.entry(next))
        .filter(changed -> changed.isBefore(before))
        .map(
            changed ->
                new OldVersion(version, Optional.of(target.entry(epoch)), bytes(version), changed));
  }

  private long bytes(Path version) {
    return files.below(version).stream().mapToLong(file -> files.length(file).orElse(0)).sum();
  }

  private List<String> folders(Path directory) {
    return files.list(directory).stream()
        .filter(LakeFiles.Entry::directory)
        .map(LakeFiles.Entry::name)
        .toList();
  }
}
