package io.penstock.spark.nativecode;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.expressions.AnalysisProblems;
import io.penstock.spark.problems.PlanProblemException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Applies native transforms. A transform only describes its rows: while a pipeline is compiled it
 * must not run actions or commands, or change settings. It is called in a session of its own, in a
 * job group that is cancelled before it begins, so that Spark fails its jobs.
 */
public final class NativeTransforms {
  private static final AtomicLong GROUPS = new AtomicLong();

  private NativeTransforms() {}

  /**
   * The rows that a transform makes of its input.
   *
   * @throws PlanProblemException if it fails, or does more than to describe rows
   */
  public static Dataset<Row> apply(String name, SparkTransform transform, Dataset<Row> input) {
    SparkSession session = (SparkSession) input.sparkSession();
    SparkContext context = session.sparkContext();
    String group = "penstock-transform-" + GROUPS.incrementAndGet();
    context.cancelJobGroupAndFutureJobs(group);
    String outerGroup = context.getLocalProperty("spark.jobGroup.id");
    String outerDescription = context.getLocalProperty("spark.job.description");
    context.setJobGroup(group, "transform " + name, false);
    try (TransformSession isolated = TransformSession.of(session)) {
      SettingsSnapshot settings = new SettingsSnapshot(isolated.copy(), session);
      Dataset<Row> rows = built(name, group, transform, isolated, input);
      Set<String> changed = settings.restore();
      if (!changed.isEmpty()) {
        throw new PlanProblemException(
            "SETTING_CHANGED",
            "Cannot compile transform '%s': it changes the setting '%s', which other steps and jobs use, too."
                .formatted(name, String.join("', '", changed)),
            "set what the whole task needs when it is started, with --conf.");
      }
      return isolated.fromCopy(rows);
    } finally {
      if (outerGroup == null) {
        context.clearJobGroup();
      } else {
        context.setJobGroup(outerGroup, outerDescription, true);
      }
    }
  }

  private static Dataset<Row> built(
      String name,
      String group,
      SparkTransform transform,
      TransformSession isolated,
      Dataset<Row> input) {
    Dataset<Row> rows;
    try {
      rows = transform.apply(isolated.toCopy(input));
    } catch (Throwable e) {
      isolated.refusedCommand().ifPresent(command -> refuseCommand(name, command));
      if (isRefusal(e, group)) {
        throw new PlanProblemException(
            "EAGER_ACTION",
            "Cannot compile transform '%s': it runs a Spark job, but may only describe rows."
                .formatted(name),
            "remove actions such as count, collect, show or write.");
      }
      if (e instanceof Error || AnalysisProblems.isProblem(e)) {
        throw e;
      }
      throw new PlanProblemException(
          "TRANSFORM_FAILED",
          "Cannot compile transform '%s': it throws %s.".formatted(name, described(e)),
          "correct the function; it is called at each compilation, without any data.",
          e);
    }
    isolated.refusedCommand().ifPresent(command -> refuseCommand(name, command));
    return rows;
  }

  private static void refuseCommand(String name, String command) {
    throw new PlanProblemException(
        "EAGER_COMMAND",
        "Cannot compile transform '%s': it runs a command, %s, but may only describe rows."
            .formatted(name, command),
        "remove the command: only sinks change tables, and only while a run executes.");
  }

  private static String described(Throwable e) {
    String type = e.getClass().getSimpleName();
    String message =
        e instanceof RunFailedException failed ? failed.failure().message() : e.getMessage();
    return message == null ? type : type + " (" + message + ")";
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
