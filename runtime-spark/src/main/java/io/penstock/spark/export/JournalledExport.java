package io.penstock.spark.export;

import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.JournalledSink;
import java.util.List;
import java.util.Map;

/**
 * A version of an export, whose directory has the run's name.
 *
 * @param partition what it replaces, from the outermost column inwards; empty for all of it
 * @param contract under which it is published, as properties; empty when an earlier release wrote
 *     the version
 */
public record JournalledExport(
    String path,
    JournalledOutput output,
    List<PartitionSegment> partition,
    Map<String, String> contract)
    implements JournalledSink {
  public JournalledExport {
    partition = List.copyOf(partition);
    // An entry of an earlier release knows nothing of it.
    contract = contract == null ? Map.of() : Map.copyOf(contract);
  }
}
