package io.penstock.spark.run;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a run has written for a sink, and nobody sees yet. */
interface PreparedSink {
  Write write();

  /** The rows that were written, read again from where they were written. */
  Dataset<Row> written();

  /**
   * Makes it visible, in well under a second.
   *
   * @param gate runs right before each try; what it throws ends the publication, and nothing became
   *     visible
   */
  void publish(Runnable gate);

  /** Whether a publication that failed took effect all the same. */
  Outcome outcomeOf(Exception failure);

  /** Gives up what was written; nobody ever sees it. */
  void discard();

  /** What is known about a failed publication. */
  enum Outcome {
    PUBLISHED,
    NOT_PUBLISHED,
    UNKNOWN
  }

  /** What was written; with the version, once it is published. */
  RunReport.Output report();

  /** What is needed to look at it later, although it was not published. */
  RejectedOutput rejected();
}
