package io.penstock.spark.export;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.NumberedEntries;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds what is published of exports, and opens its files, for consumers: it needs Hadoop's file
 * systems, and no Spark session.
 *
 * <pre>{@code
 * ExportReader reader = new ExportReader(new Configuration());
 * for (PublishedExport export : reader.published(new Path("hdfs://host/lake/export/sales"))) {
 *   for (WrittenCsv file : export.manifest().files()) {
 *     try (InputStream in = reader.open(export, file)) { … }
 *   }
 * }
 * }</pre>
 *
 * <p>The export's contract is for those who publish and isn't asked for: what a version holds, and
 * in which form, is told by its own documents, of which those of a later release are refused.
 *
 * <p>A version that was found is whole and never changes. It stays for at least a week after it was
 * replaced; then {@code penstock clean} may remove it.
 */
public final class ExportReader {
  private final Configuration configuration;

  public ExportReader(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The number of the attempt whose version consumers see, if any was published. */
  public OptionalLong currentEpoch(ExportTarget target) {
    return currentEpoch(LakeFiles.of(target.directory(), configuration), target);
  }

  /**
   * The version that consumers see, if any was published.
   *
   * @throws UnreadableExportException if its documents are gone, damaged or of a later release
   * @throws UncheckedIOException if the file system fails
   */
  public Optional<PublishedExport> current(ExportTarget target) {
    return current(LakeFiles.of(target.directory(), configuration), target);
  }

  /**
   * The current version of every published partition of an export, ordered by partition path.
   *
   * @param directory of the export, with the scheme of its file system
   * @throws UnreadableExportException if it is published by different partitions: their rows may be
   *     the same ones
   */
  public List<PublishedExport> published(Path directory) {
    List<PublishedExport> found = new ArrayList<>();
    LakeFiles files = LakeFiles.of(directory, configuration);
    ExportTarget whole = new ExportTarget(directory, List.of());
    current(files, whole).ifPresent(found::add);
    collect(files, whole, found);
    for (PublishedExport other : found) {
      if (!other.target().columns().equals(found.get(0).target().columns())) {
        throw ExportErrors.dividedTwice(found.get(0).target(), other.target());
      }
    }
    return List.copyOf(found);
  }

  /** All that is published of an export, without a look at what it holds. */
  public List<ExportTarget> targets(Path directory) {
    LakeFiles files = LakeFiles.of(directory, configuration);
    List<ExportTarget> found = new ArrayList<>();
    addTargets(files, new ExportTarget(directory, List.of()), found);
    return List.copyOf(found);
  }

  /**
   * What is published of an export, by an example of each partition by which it is: of the whole,
   * and of one unit for each column of units. Looks at few of them, however many there are.
   */
  public List<ExportTarget> examples(Path directory) {
    LakeFiles files = LakeFiles.of(directory, configuration);
    Map<List<String>, ExportTarget> examples = new LinkedHashMap<>();
    ExportTarget whole = new ExportTarget(directory, List.of());
    if (currentEpoch(files, whole).isPresent()) {
      examples.put(whole.columns(), whole);
    }
    inside(files, whole).forEach(target -> addExample(files, target, examples));
    return List.copyOf(examples.values());
  }

  /**
   * Opens a file of a version for reading from its start, compressed as it lies there. Whoever
   * reads to its end has read what was published: there the stream compares length and checksum
   * with the manifest.
   *
   * @throws UncheckedIOException if the file can't be opened; the stream itself throws a {@link
   *     DamagedExportException} in the place of its end
   */
  public InputStream open(PublishedExport export, WrittenCsv file) {
    Path path = new Path(export.path(), file.name());
    return new VerifiedInputStream(LakeFiles.of(path, configuration).open(path), path, file);
  }

  private static void collect(LakeFiles files, ExportTarget outer, List<PublishedExport> found) {
    inside(files, outer)
        .forEach(
            target -> {
              current(files, target).ifPresent(found::add);
              collect(files, target, found);
            });
  }

  private static void addTargets(LakeFiles files, ExportTarget target, List<ExportTarget> targets) {
    if (currentEpoch(files, target).isPresent()) {
      targets.add(target);
    }
    inside(files, target).forEach(inner -> addTargets(files, inner, targets));
  }

  private static void addExample(
      LakeFiles files, ExportTarget target, Map<List<String>, ExportTarget> examples) {
    if (examples.containsKey(target.columns())) {
      return;
    }
    if (currentEpoch(files, target).isPresent()) {
      examples.put(target.columns(), target);
    } else {
      inside(files, target).forEach(inner -> addExample(files, inner, examples));
    }
  }

  private static Stream<ExportTarget> inside(LakeFiles files, ExportTarget outer) {
    Path directory =
        outer.partition().isEmpty()
            ? new Path(outer.directory(), ExportTarget.PUBLISHED)
            : outer.entries();
    return files.list(directory).stream()
        .filter(entry -> entry.directory() && entry.name().indexOf('=') > 0)
        .map(entry -> outer.within(PartitionSegment.parse(entry.name())));
  }

  private static OptionalLong currentEpoch(LakeFiles files, ExportTarget target) {
    return NumberedEntries.numbers(files.list(target.entries())).max();
  }

  /** Between two looks a version may be replaced, and cleaned up if the reader was asleep. */
  private static Optional<PublishedExport> current(LakeFiles files, ExportTarget target) {
    OptionalLong epoch = currentEpoch(files, target);
    while (epoch.isPresent()) {
      try {
        return Optional.of(read(files, target, epoch.getAsLong()));
      } catch (UncheckedIOException e) {
        OptionalLong later = currentEpoch(files, target);
        if (!isMissing(e)) {
          throw e;
        }
        if (later.equals(epoch)) {
          throw ExportErrors.incompleteVersion(target, e);
        }
        epoch = later;
      }
    }
    return Optional.empty();
  }

  private static boolean isMissing(UncheckedIOException failure) {
    return failure.getCause() instanceof FileNotFoundException
        || failure.getCause() instanceof NoSuchFileException;
  }

  private static PublishedExport read(LakeFiles files, ExportTarget target, long epoch) {
    PublicationEntry entry = ExportJson.entry(files, target.entry(epoch));
    ExportManifest manifest = ExportJson.manifest(files, target.manifest(entry.runId()));
    return new PublishedExport(target, manifest);
  }
}
