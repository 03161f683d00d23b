package io.penstock.spark.export;

import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.JournalledSink;
import java.util.List;
import java.util.Map;

/**
 * A version of an export in the journal; its directory is named after the run.
 *
 * @param partition that it replaces, from the outermost column inwards; empty for a whole export
 * @param contract under which it is published, as properties; empty if an earlier release wrote the
 *     version
 */
public record JournalledExport(
    String path,
    JournalledOutput output,
    List<PartitionSegment> partition,
    Map<String, String> contract)
    implements JournalledSink {
  public JournalledExport {
    partition = List.copyOf(partition);
    // Entries of earlier releases have no contract.
    contract = contract == null ? Map.of() : Map.copyOf(contract);
  }
}
