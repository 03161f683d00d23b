package io.penstock.spark.publication;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.engine.RunReport;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.export.PartitionSegment;
import java.util.List;
import java.util.Map;

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
   * @param contract under which it is published, as properties; empty when an earlier release wrote
   *     the version
   */
  record Export(
      String path,
      RunReport.Output output,
      List<PartitionSegment> partition,
      Map<String, String> contract)
      implements JournalledSink {
    public Export {
      partition = List.copyOf(partition);
      // An entry of an earlier release knows nothing of it.
      contract = contract == null ? Map.of() : Map.copyOf(contract);
    }
  }
}
