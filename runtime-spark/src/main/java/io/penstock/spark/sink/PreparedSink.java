package io.penstock.spark.sink;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.publication.JournalledSink;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a run has written for a sink, and nobody sees yet. */
public interface PreparedSink {
  Write write();

  /** The rows that were written, read again from where they were written. */
  Dataset<Row> written();

  /** Enough to publish it from any process. */
  JournalledSink journalled();

  /** Gives up what was written; nobody ever sees it. */
  void discard();

  /** What was written; without a version, since it is not published. */
  RunReport.Output report();

  /** What is needed to look at it later, although it was not published. */
  RejectedOutput rejected();
}
