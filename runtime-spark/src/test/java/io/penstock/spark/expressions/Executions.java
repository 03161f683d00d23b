package io.penstock.spark.expressions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;

/** Records every job and every command that Spark executes for a session from now on. */
final class Executions implements AutoCloseable {
  private final SparkSession session;
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private final SparkListener jobs =
      new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart job) {
          seen.add("job " + job.properties().getProperty("spark.job.description"));
        }
      };

  private final QueryExecutionListener queries =
      new QueryExecutionListener() {
        @Override
        public void onSuccess(String name, QueryExecution query, long nanos) {
          seen.add(name + " " + query.logical().nodeName());
        }

        @Override
        public void onFailure(String name, QueryExecution query, Exception failure) {
          // Spark reports a refused analysis as a failure, and executes nothing.
        }
      };

  private Executions(SparkSession session) {
    this.session = session;
  }

  static Executions of(SparkSession session) {
    Executions executions = new Executions(session);
    executions.awaitEvents();
    session.sparkContext().addSparkListener(executions.jobs);
    session.listenerManager().register(executions.queries);
    return executions;
  }

  /** The executions so far. */
  List<String> seen() {
    awaitEvents();
    return List.copyOf(seen);
  }

  private void awaitEvents() {
    try {
      session.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    session.sparkContext().removeSparkListener(jobs);
    session.listenerManager().unregister(queries);
  }
}
