package io.penstock.spark.delta;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Runs work with a session active and, if named, in a job group.
 *
 * <p>Both belong to the thread: in a pooled thread Delta would otherwise take another session's
 * settings, and cancelling the group would miss the jobs.
 *
 * @param session the user's
 * @param logSession a clone of it, for reading tables' logs and committing to them
 * @param writeSession a clone of it, for writing data files
 */
record SessionScope(
    SparkSession session,
    SparkSession logSession,
    SparkSession writeSession,
    Optional<String> jobGroup) {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  /**
   * Delta reads a log by queries on a few kilobytes: adaptive execution and code generation take
   * several times as long as the query itself. And Delta would copy the list of a table's files
   * into its checksum file, from where nothing reads it; where the JVM's time zone is not UTC it
   * would load the table's state again after each commit, to compare the copy with it. The
   * publications of a table, one for each unit, are kept in that file up to a number that a daily
   * table reaches in years, unless a writer with a lower limit commits.
   */
  private static final Map<String, String> FOR_LOGS =
      Map.of(
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.databricks.delta.allFilesInCrc.enabled", "false",
          "spark.databricks.delta.setTransactionsInCrc.maxAllowed", "2000");

  /** Row counts come from the files' statistics, which a session may have turned off. */
  private static final Map<String, String> FOR_WRITING =
      Map.of("spark.databricks.delta.stats.collect", "true");

  static SessionScope of(SparkSession session) {
    return new SessionScope(
        session, cloned(session, FOR_LOGS), cloned(session, FOR_WRITING), Optional.empty());
  }

  SessionScope inJobGroup(String group) {
    return new SessionScope(session, logSession, writeSession, Optional.of(group));
  }

  /** The same for frames and code of another session; those for logs and writing are shared. */
  SessionScope in(SparkSession other) {
    return new SessionScope(other, logSession, writeSession, jobGroup);
  }

  <T> T call(Supplier<T> work) {
    return call(session, work);
  }

  /** Work that reads tables' logs or commits to them, and moves no rows. */
  <T> T onLogs(Supplier<T> work) {
    return call(logSession, work);
  }

  /** Work that writes data files. */
  <T> T writing(Supplier<T> work) {
    return call(writeSession, work);
  }

  private <T> T call(SparkSession active, Supplier<T> work) {
    SparkContext context = session.sparkContext();
    Optional<SparkSession> before = ScalaInterop.optional(SparkSession.getActiveSession());
    String groupBefore = context.getLocalProperty(GROUP);
    String interruptBefore = context.getLocalProperty(INTERRUPT);
    SparkSession.setActiveSession(active);
    jobGroup.ifPresent(
        group -> {
          context.setLocalProperty(GROUP, group);
          context.setLocalProperty(INTERRUPT, "true");
        });
    try {
      return work.get();
    } finally {
      context.setLocalProperty(GROUP, groupBefore);
      context.setLocalProperty(INTERRUPT, interruptBefore);
      before.ifPresentOrElse(SparkSession::setActiveSession, SparkSession::clearActiveSession);
    }
  }

  private static SparkSession cloned(SparkSession session, Map<String, String> settings) {
    SparkSession clone = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    settings.forEach(clone.conf()::set);
    return clone;
  }
}
