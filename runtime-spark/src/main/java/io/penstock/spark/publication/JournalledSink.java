package io.penstock.spark.publication;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.engine.RunReport;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.export.PartitionSegment;
import java.util.List;

/** One output that is written and can be published by any process. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalledSink.Table.class, name = "delta"),
  @JsonSubTypes.Type(value = JournalledSink.Export.class, name = "csv")
})
public sealed interface JournalledSink {
  /** The output's path in the lake. */
  String path();

  /** What the run says of it; without a version, since it has none yet. */
  RunReport.Output output();

  /** Replaced partitions of a Delta table. */
  record Table(String path, RunReport.Output output, PreparedCommit commit)
      implements JournalledSink {}

  /**
   * A version of an export, whose directory has the run's name.
   *
   * @param partition what it replaces, from the outermost column inwards; empty for all of it
   */
  record Export(String path, RunReport.Output output, List<PartitionSegment> partition)
      implements JournalledSink {
    public Export {
      partition = List.copyOf(partition);
    }
  }
}
