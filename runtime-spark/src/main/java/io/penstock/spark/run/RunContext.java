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

  void reached(Step step) {
    publications.steps().reached(step, request.runId());
  }
}
