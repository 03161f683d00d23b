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
 * @param logSession its sibling, for questions to tables' logs
 * @param writeSession its sibling, for writing data files
 */
record SessionScope(
    SparkSession session,
    SparkSession logSession,
    SparkSession writeSession,
    Optional<String> jobGroup) {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  /**
   * A question to a log is a query on a few kilobytes, asked once: planning its stages one after
   * another, and compiling code for it, takes several times as long as answering it. And Delta
   * would copy the list of a table's files into its checksum file, from where nothing reads it;
   * where the JVM's zone is not UTC it would load the table's state anew after each commit, to
   * compare the copy with it. The publications of a table, one for each unit, are kept in that file
   * up to a number that a daily table reaches in years, as long as nobody with a lower limit
   * commits.
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
        session, sibling(session, FOR_LOGS), sibling(session, FOR_WRITING), Optional.empty());
  }

  SessionScope inJobGroup(String group) {
    return new SessionScope(session, logSession, writeSession, Optional.of(group));
  }

  /** The same for the frames and the code of another session; what asks and writes is shared. */
  SessionScope in(SparkSession other) {
    return new SessionScope(other, logSession, writeSession, jobGroup);
  }

  <T> T call(Supplier<T> work) {
    return call(session, work);
  }

  /** Work that asks tables' logs or adds to them, and moves no rows. */
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

  private static SparkSession sibling(SparkSession session, Map<String, String> settings) {
    SparkSession sibling = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    settings.forEach(sibling.conf()::set);
    return sibling;
  }
}
