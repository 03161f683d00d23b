package io.penstock.spark.delta;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Runs work with a session active and, if named, in a job group.
 *
 * <p>Both belong to the thread: in a pooled thread Delta would otherwise take another session's
 * settings, and cancelling the group would miss the jobs.
 */
record SessionScope(SparkSession session, Optional<String> jobGroup) {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  <T> T call(Supplier<T> work) {
    return call(session, work);
  }

  /** The same with a sibling of the session, which differs in settings. */
  <T> T call(SparkSession active, Supplier<T> work) {
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
}
