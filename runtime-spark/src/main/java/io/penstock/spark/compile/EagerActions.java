package io.penstock.spark.compile;

import io.penstock.spark.SparkTransform;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Applies native transforms so that an action inside one fails: a transform describes its result,
 * and must not compute while a pipeline is compiled. It runs in a job group whose jobs Spark
 * refuses.
 */
final class EagerActions {
  private static final AtomicLong GROUPS = new AtomicLong();

  private EagerActions() {}

  static Dataset<Row> refused(String name, SparkTransform transform, Dataset<Row> input) {
    SparkContext context = input.sparkSession().sparkContext();
    String group = "penstock-transform-" + GROUPS.incrementAndGet();
    context.cancelJobGroupAndFutureJobs(group);
    String outerGroup = context.getLocalProperty("spark.jobGroup.id");
    String outerDescription = context.getLocalProperty("spark.job.description");
    context.setJobGroup(group, "transform " + name, false);
    try {
      return transform.apply(input);
    } catch (Throwable e) {
      if (isRefusal(e, group)) {
        throw new PlanProblemException(
            "EAGER_ACTION",
            "Cannot compile transform '" + name + "': it computes while it should only describe.",
            "leave out actions such as count, collect, show or write.");
      }
      if (e instanceof Error || AnalysisProblems.isProblem(e)) {
        throw e;
      }
      throw new PlanProblemException(
          "TRANSFORM_FAILED",
          "Cannot compile transform '%s': it throws %s.".formatted(name, spoken(e)),
          "mend the function; it is called once for each compilation, without any data.",
          e);
    } finally {
      if (outerGroup == null) {
        context.clearJobGroup();
      } else {
        context.setJobGroup(outerGroup, outerDescription, true);
      }
    }
  }

  private static String spoken(Throwable e) {
    String type = e.getClass().getSimpleName();
    return e.getMessage() == null ? type : type + " (" + e.getMessage() + ")";
  }

  private static boolean isRefusal(Throwable e, String group) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkException && String.valueOf(cause.getMessage()).contains(group)) {
        return true;
      }
    }
    return false;
  }
}
