package io.penstock.spark.export;

import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.NumberedEntries;
import io.penstock.spec.CsvCompression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What a publication replaces: one partition of an export, or the whole export if it has none.
 *
 * @param directory of the export, qualified; its last segment is the export's name
 * @param partition from the outermost column inwards; empty for a whole export
 */
public record ExportTarget(Path directory, List<PartitionSegment> partition) {
  /** The folder of the entries that make versions current. */
  static final String PUBLISHED = LakeLayout.EXPORT_PUBLISHED;

  /** The folder of all versions, visible or not. */
  static final String VERSIONS = LakeLayout.EXPORT_VERSIONS;

  /** The folder of the contract. */
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

  /** The file that simple consumers read, if all rows are in one file. */
  public Path stablePath(CsvCompression compression) {
    return new Path(place(), name() + compression.extension());
  }

  /** The columns by which its export is partitioned; none for a whole export. */
  public List<String> columns() {
    return partition.stream().map(PartitionSegment::column).toList();
  }

  /** How its export is partitioned, for users. */
  public String partitioning() {
    return partition.isEmpty() ? "a whole" : "partitions by " + String.join(", ", columns());
  }

  /** A partition inside this one. */
  ExportTarget within(PartitionSegment segment) {
    List<PartitionSegment> segments = new ArrayList<>(partition);
    segments.add(segment);
    return new ExportTarget(directory, segments);
  }

  /** The directory of the {@linkplain #stablePath stable path}. */
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

  /** The directories of partitions contain '=', so none of them is named like the whole. */
  private String unit() {
    return partition.isEmpty() ? WHOLE : partitionPath();
  }
}
