package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.Step;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What a run works with.
 *
 * @param scope with its own session, and the group in which all its Spark jobs can be cancelled
 */
public record RunContext(
    RunRequest request,
    TaskScope scope,
    Rejections rejections,
    AttemptNumbers attempts,
    Publications publications) {

  SparkSession session() {
    return scope.session();
  }

  /** As {@link TaskScope#within}. */
  <T> T within(TaskScope.Work<T> work) {
    return scope.within(request.pipeline().name(), work);
  }

  /** As {@link TaskScope#requireUnchanged}. */
  void requireUnchanged(SharedState state) {
    scope.requireUnchanged(request, state);
  }

  void reached(Step step) {
    publications.steps().reached(step, request.runId());
  }
}
