package io.penstock.spark.engine;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * Cancels jobs of a cancelled group that start after the cancellation.
 *
 * <p>Spark refuses later jobs of such a group, but not the map stages that adaptive execution
 * submits by themselves: it looks at the group in {@code DAGScheduler.handleJobSubmitted} and not
 * in {@code handleMapStageSubmitted}.
 */
final class LateJobs extends SparkListener {
  private final SparkContext context;
  private final String jobGroup;

  LateJobs(SparkContext context, String jobGroup) {
    this.context = context;
    this.jobGroup = jobGroup;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    if (start.properties() != null
        && jobGroup.equals(start.properties().getProperty("spark.jobGroup.id"))) {
      context.cancelJob(start.jobId());
    }
  }
}
