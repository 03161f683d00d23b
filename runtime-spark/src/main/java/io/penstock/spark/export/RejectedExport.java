package io.penstock.spark.export;

import io.penstock.spark.sink.RejectedOutput;
import java.util.List;
import java.util.Objects;

/**
 * A version of an export that a check rejected.
 *
 * @param segments of the partition's path; none for a whole export
 */
public record RejectedExport(String path, List<PartitionSegment> segments)
    implements RejectedOutput {
  public RejectedExport {
    Objects.requireNonNull(path, "path");
    segments = List.copyOf(segments);
  }
}
