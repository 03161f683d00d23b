package io.penstock.spark.export;

import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.NumberedEntries;
import io.penstock.spec.CsvCompression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * One partition of an export, or the whole export if it has none: what a publication replaces.
 *
 * @param directory of the export, qualified; its last name is the export's name
 * @param partition from the outermost column inwards; empty for a whole export
 */
public record ExportTarget(Path directory, List<PartitionSegment> partition) {
  /** The folder of every export that tells what is published. */
  static final String PUBLISHED = LakeLayout.EXPORT_PUBLISHED;

  /** The folder of every export that holds its versions, also those that nobody sees. */
  static final String VERSIONS = LakeLayout.EXPORT_VERSIONS;

  /** The folder of every export that says by what it is divided, and who publishes it. */
  static final String CONTRACT = PUBLISHED + "/contract";

  private static final String WHOLE = "all";
  private static final String MANIFEST = "manifest.json";

  public ExportTarget {
    partition = List.copyOf(partition);
  }

  /** The export's name. */
  public String name() {
    return directory.getName();
  }

  /** The partition as a relative path, such as {@code day=2026-03-01}; empty for a whole export. */
  public String partitionPath() {
    return partition.stream().map(PartitionSegment::directory).collect(Collectors.joining("/"));
  }

  /** The file that simple consumers read where all rows are in one file. */
  public Path stablePath(CsvCompression compression) {
    return new Path(place(), name() + compression.extension());
  }

  /** The columns by which its export is divided; none for a whole export. */
  public List<String> columns() {
    return partition.stream().map(PartitionSegment::column).toList();
  }

  /** By what its export is divided, for people. */
  public String division() {
    return partition.isEmpty() ? "a whole" : "partitions by " + String.join(", ", columns());
  }

  /** The partition of that value inside this one. */
  ExportTarget within(PartitionSegment segment) {
    List<PartitionSegment> segments = new ArrayList<>(partition);
    segments.add(segment);
    return new ExportTarget(directory, segments);
  }

  /** The directory of that file. */
  Path place() {
    return partition.isEmpty() ? directory : new Path(directory, partitionPath());
  }

  /** The folder of the versions of all partitions. */
  Path allVersions() {
    return new Path(directory, VERSIONS);
  }

  /** The folder of its versions. */
  Path versions() {
    return new Path(allVersions(), unit());
  }

  Path version(String runId) {
    return new Path(versions(), runId);
  }

  Path manifest(String runId) {
    return new Path(version(runId), MANIFEST);
  }

  Path entries() {
    return new Path(new Path(directory, PUBLISHED), unit());
  }

  Path entry(long epoch) {
    return new Path(entries(), NumberedEntries.name(epoch));
  }

  /** A partition's directories hold '=', so that none is named like this. */
  private String unit() {
    return partition.isEmpty() ? WHOLE : partitionPath();
  }
}
