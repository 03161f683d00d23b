package io.penstock.spark.sink;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.publication.JournalledSink;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The output that a run has written for a sink, and that isn't visible yet. */
public interface PreparedSink {
  Write write();

  /** The written rows, read back from the files. */
  Dataset<Row> written();

  /** The record from which any process can publish it. */
  JournalledSink journalled();

  /** Deletes what was written; it never becomes visible. */
  void discard();

  /** The report of what was written; without a version, since it isn't published. */
  RunReport.Output report();

  /** The record from which the rejected rows can be shown later. */
  RejectedOutput rejected();
}
