package io.penstock.spark.delta;

import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.JournalledSink;

/** Replaced partitions of a Delta table, which one commit publishes. */
public record JournalledTable(String path, JournalledOutput output, PreparedCommit commit)
    implements JournalledSink {}
