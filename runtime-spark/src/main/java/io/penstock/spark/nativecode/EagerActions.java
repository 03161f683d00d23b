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
 * Applies native transforms so that an action or a command inside one fails, and a change of
 * settings too: a transform describes its result, and must not compute, or alter anything, while a
 * pipeline is compiled. It runs in a job group whose jobs Spark refuses, in a session of its own.
 */
public final class EagerActions {
  private static final AtomicLong GROUPS = new AtomicLong();

  private EagerActions() {}

  public static Dataset<Row> refused(String name, SparkTransform transform, Dataset<Row> input) {
    SparkSession session = (SparkSession) input.sparkSession();
    SparkContext context = session.sparkContext();
    String group = "penstock-transform-" + GROUPS.incrementAndGet();
    context.cancelJobGroupAndFutureJobs(group);
    String outerGroup = context.getLocalProperty("spark.jobGroup.id");
    String outerDescription = context.getLocalProperty("spark.job.description");
    context.setJobGroup(group, "transform " + name, false);
    try (BuildingSession building = BuildingSession.of(session)) {
      Settings settings = Settings.of(building.copy(), session);
      Dataset<Row> rows = built(name, group, transform, building, input);
      Set<String> changed = settings.restore();
      if (!changed.isEmpty()) {
        throw new PlanProblemException(
            "SETTING_CHANGED",
            "Cannot compile transform '%s': it changes the setting '%s', on which other steps and jobs depend."
                .formatted(name, String.join("', '", changed)),
            "leave settings as they are; set what the whole task needs when it is started,"
                + " --conf.");
      }
      return building.leave(rows);
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
      BuildingSession building,
      Dataset<Row> input) {
    Dataset<Row> rows;
    try {
      rows = transform.apply(building.enter(input));
    } catch (Throwable e) {
      building.refusedCommand().ifPresent(command -> refuseCommand(name, command));
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
    }
    building.refusedCommand().ifPresent(command -> refuseCommand(name, command));
    return rows;
  }

  private static void refuseCommand(String name, String command) {
    throw new PlanProblemException(
        "EAGER_COMMAND",
        "Cannot compile transform '%s': it runs a command, %s, while it should only describe."
            .formatted(name, command),
        "leave it out: sinks change tables, and nothing is executed before a run.");
  }

  private static String spoken(Throwable e) {
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
