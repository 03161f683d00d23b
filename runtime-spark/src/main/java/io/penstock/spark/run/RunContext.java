package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.export.Exports;
import io.penstock.spark.files.LakeRoot;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What a run works with.
 *
 * @param jobGroup under which all its Spark jobs run, so that they can be cancelled
 */
public record RunContext(
    RunRequest request,
    SparkSession session,
    LakeRoot root,
    DeltaTables tables,
    Exports exports,
    Rejections rejections,
    String jobGroup) {

  String runId() {
    return request.runId();
  }

  /** Makes the calling thread one of the run's: Spark keeps the job group for each thread. */
  void enter() {
    session.sparkContext().setJobGroup(jobGroup, request.pipeline().name(), true);
    org.apache.spark.sql.SparkSession.setActiveSession(session);
  }
}
