package io.penstock.spark.testing;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A test ends when its Spark tasks have ended.
 *
 * <p>The tasks of a failed or cancelled job go on for a moment, and would write into a directory
 * that is being deleted behind the test. The scheduler is asked itself: what the status tracker
 * says lags behind.
 */
public final class EndOfTasks implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    var session = SparkSession.getDefaultSession();
    Instant deadline = Instant.now().plusSeconds(60);
    while (session.isDefined() && runningTasks(session.get()) > 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(context.getDisplayName() + " left Spark tasks that do not end");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static int runningTasks(SparkSession session) {
    return session.sparkContext().taskScheduler() instanceof TaskSchedulerImpl scheduler
        ? CollectionConverters.asJava(scheduler.runningTasksByExecutors()).values().stream()
            .mapToInt(tasks -> (Integer) tasks)
            .sum()
        : 0;
  }
}
