package io.penstock.spark.testing;

import java.util.stream.Stream;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test ends when its Spark tasks have ended.
 *
 * <p>The tasks of a failed or cancelled job go on for a moment, and would write into a directory
 * that is being deleted behind the test.
 */
public final class EndOfTasks implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    var session = SparkSession.getDefaultSession();
    while (session.isDefined() && runningTasks(session.get()) > 0) {
      Thread.onSpinWait();
    }
  }

  private static int runningTasks(SparkSession session) {
    return Stream.of(session.sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }
}
