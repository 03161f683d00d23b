package io.penstock.spark.delta;

import io.penstock.engine.RunReport;
import io.penstock.spark.publication.JournalledSink;

/** Replaced partitions of a Delta table, which one commit publishes. */
public record JournalledTable(String path, RunReport.Output output, PreparedCommit commit)
    implements JournalledSink {}
