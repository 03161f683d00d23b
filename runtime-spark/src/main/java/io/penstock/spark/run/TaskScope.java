package io.penstock.spark.run;

import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Isolates a task, so that it computes what it would compute alone: it has a session of its own,
 * with the settings that the engine requires. Whatever else its code changes in the process makes
 * the task invalid, and is restored before the next one begins.
 *
 * @param shared the session of which each task has a copy
 * @param session the task's own
 * @param required settings without which a run would not keep its guarantees
 * @param watched by name and value, the settings of the shared session that no task may change
 */
public record TaskScope(
    SparkSession shared,
    SparkSession session,
    Map<String, String> required,
    BiPredicate<String, String> watched,
    String jobGroup) {
  public TaskScope {
    required = Map.copyOf(required);
  }

  /** A scope with a copy of the shared session. */
  public static TaskScope of(
      SparkSession shared,
      Map<String, String> required,
      BiPredicate<String, String> watched,
      String jobGroup) {
    SparkSession own = shared.cloneSession();
    required.forEach(
        (key, value) -> {
          if (!value.equals(own.conf().get(key, ""))) {
            own.conf().set(key, value);
          }
        });
    return new TaskScope(shared, own, required, watched, jobGroup);
  }

  /** Makes the calling thread one of the task's: Spark keeps job group and session per thread. */
  void enter(String description) {
    shared.sparkContext().setJobGroup(jobGroup, description, true);
    org.apache.spark.sql.SparkSession.setActiveSession(session);
  }

  /**
   * Compiles, and refuses a pipeline whose code changed what other tasks share.
   *
   * @throws InvalidPipelineException naming what was changed
   */
  public <T> T compiling(RunRequest request, Supplier<T> compilation) {
    String pipeline = request.pipeline().name();
    return within(
        pipeline,
        state -> {
          T compiled = compilation.get();
          List<String> changes = changes(state);
          if (!changes.isEmpty()) {
            throw new InvalidPipelineException(
                pipeline, List.of(problem(request, changes)), List.of());
          }
          return compiled;
        });
  }

  /** Does work, and restores the thread and the process as they were, whatever happens. */
  public <T> T within(String description, Work<T> work) {
    SparkContext context = shared.sparkContext();
    Properties properties = (Properties) context.getLocalProperties().clone();
    Optional<org.apache.spark.sql.SparkSession> active = active();
    SharedState state = new SharedState(shared, watched);
    enter(description);
    try {
      return work.apply(state);
    } finally {
      state.restore();
      active.ifPresentOrElse(
          org.apache.spark.sql.SparkSession::setActiveSession,
          org.apache.spark.sql.SparkSession::clearActiveSession);
      context.setLocalProperties(properties);
    }
  }

  private static Optional<org.apache.spark.sql.SparkSession> active() {
    var active = org.apache.spark.sql.SparkSession.getActiveSession();
    return active.isDefined() ? Optional.of(active.get()) : Optional.empty();
  }

  /** Work that is given the shared state from before it began. */
  @FunctionalInterface
  public interface Work<T> {
    T apply(SharedState state);
  }

  /**
   * Refuses a run whose code changed settings that it or other tasks depend on.
   *
   * @param state as it was when the run began
   * @throws RunFailedException naming what was changed
   */
  void requireUnchanged(RunRequest request, SharedState state) {
    List<String> changes = changes(state);
    if (!changes.isEmpty()) {
      Problem problem = problem(request, changes);
      throw RunFailedException.invalid(problem.code(), problem.message(), problem.fix());
    }
  }

  private List<String> changes(SharedState state) {
    List<String> changes = new ArrayList<>();
    new TreeMap<>(required)
        .forEach(
            (key, value) -> {
              String held = session.conf().get(key, "");
              if (!value.equals(held)) {
                changes.add("the setting %s (%s, before %s)".formatted(key, held, value));
              }
            });
    changes.addAll(state.changes());
    return changes;
  }

  private static Problem problem(RunRequest request, List<String> changes) {
    List<Node.Transform> transforms =
        Nodes.inOrder(request.pipeline().writes()).stream()
            .flatMap(node -> NodeProperties.of(node).nativeCode().stream())
            .toList();
    String message =
        "Cannot run code that changes %s: what this task computes, and what others of the process do, would depend on it."
            .formatted(String.join(", ", changes));
    String fix =
        "leave it as it is, and say in the function itself which zone, locale or setting is meant.";
    return transforms.size() == 1
        ? Problem.at(transforms.get(0), "SETTING_CHANGED", message, fix)
        : Problem.ofPipeline("SETTING_CHANGED", message, fix);
  }
}
