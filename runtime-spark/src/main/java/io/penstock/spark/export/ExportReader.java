package io.penstock.spark.export;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.NumberedEntries;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds and opens the published files of exports, for consumers. It needs Hadoop's file systems,
 * but no Spark session.
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
 * <p>The contract of an export is for publishers and isn't read: the content of a version and its
 * format are described by the version's own documents, which are refused if a later release wrote
 * them.
 *
 * <p>A version is complete and never changes. It is kept for at least a week after it was replaced;
 * then {@code penstock clean} may remove it.
 */
public final class ExportReader {
  private final Configuration configuration;

  public ExportReader(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The epoch of the current version; empty if nothing is published. */
  public OptionalLong currentEpoch(ExportTarget target) {
    return NumberedEntries.numbers(files(target).list(target.entries())).max();
  }

  /**
   * The current version; empty if nothing is published. A version may be replaced, and cleaned up
   * if the reader is slow, between reading its epoch and its documents.
   *
   * @throws UnreadableExportException if its documents are missing, damaged or of a later release
   * @throws UncheckedIOException if the file system fails
   */
  public Optional<PublishedExport> current(ExportTarget target) {
    OptionalLong epoch = currentEpoch(target);
    while (epoch.isPresent()) {
      try {
        return Optional.of(read(target, epoch.getAsLong()));
      } catch (UncheckedIOException e) {
        OptionalLong later = currentEpoch(target);
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

  /**
   * The current version of every published partition of an export, ordered by partition path.
   *
   * @param directory of the export, with the scheme of its file system
   * @throws UnreadableExportException if it is published by different columns: the rows of one
   *     partition may be in another, too
   */
  public List<PublishedExport> published(Path directory) {
    return each(directory).toList();
  }

  /** As {@link #published}, each version read only when it is asked for. */
  Stream<PublishedExport> each(Path directory) {
    List<ExportTarget> examples = examples(directory);
    if (examples.size() > 1) {
      throw ExportErrors.partitionedTwice(examples.get(0), examples.get(1));
    }
    return all(new ExportTarget(directory, List.of())).flatMap(target -> current(target).stream());
  }

  /** Everything that is published of an export; reads no version. */
  public List<ExportTarget> targets(Path directory) {
    return all(new ExportTarget(directory, List.of())).filter(this::isPublished).toList();
  }

  /**
   * An example for each set of columns by which an export is published: the whole export, and one
   * unit for each set. Reads few directories, however many units there are.
   */
  public List<ExportTarget> examples(Path directory) {
    Map<List<String>, ExportTarget> examples = new LinkedHashMap<>();
    ExportTarget whole = new ExportTarget(directory, List.of());
    if (isPublished(whole)) {
      examples.put(whole.columns(), whole);
    }
    inside(whole).forEach(target -> addExample(target, examples));
    return List.copyOf(examples.values());
  }

  /**
   * Opens a file of a version for reading from its start, compressed as it is stored. At its end
   * the stream compares length and checksum with the manifest, so a consumer that reads to the end
   * has read what was published.
   *
   * @throws UncheckedIOException if the file can't be opened; if the file is damaged, the stream
   *     throws a {@link DamagedExportException} instead of ending
   */
  public InputStream open(PublishedExport export, WrittenCsv file) {
    Path path = new Path(export.path(), file.name());
    return new VerifiedInputStream(LakeFiles.of(path, configuration).open(path), path, file);
  }

  /** A target and all targets inside it. */
  private Stream<ExportTarget> all(ExportTarget target) {
    return Stream.concat(Stream.of(target), inside(target).flatMap(this::all));
  }

  private void addExample(ExportTarget target, Map<List<String>, ExportTarget> examples) {
    if (examples.containsKey(target.columns())) {
      return;
    }
    if (isPublished(target)) {
      examples.put(target.columns(), target);
    } else {
      inside(target).forEach(inner -> addExample(inner, examples));
    }
  }

  private boolean isPublished(ExportTarget target) {
    return currentEpoch(target).isPresent();
  }

  private Stream<ExportTarget> inside(ExportTarget outer) {
    Path directory =
        outer.partition().isEmpty()
            ? new Path(outer.directory(), ExportTarget.PUBLISHED)
            : outer.entries();
    return files(outer).list(directory).stream()
        .filter(entry -> entry.directory() && entry.name().indexOf('=') > 0)
        .map(entry -> outer.within(PartitionSegment.parse(entry.name())));
  }

  private static boolean isMissing(UncheckedIOException failure) {
    return failure.getCause() instanceof FileNotFoundException
        || failure.getCause() instanceof NoSuchFileException;
  }

  private PublishedExport read(ExportTarget target, long epoch) {
    LakeFiles files = files(target);
    PublicationEntry entry = ExportJson.entry(files, target.entry(epoch));
    ExportManifest manifest = ExportJson.manifest(files, target.manifest(entry.runId()));
    return new PublishedExport(target, manifest);
  }

  private LakeFiles files(ExportTarget target) {
    return LakeFiles.of(target.directory(), configuration);
  }
}
