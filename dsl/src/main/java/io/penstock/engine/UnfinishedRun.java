package io.penstock.engine;

import io.penstock.spec.Interval;
import java.util.Optional;

/**
 * A run that was about to publish and whose end is not recorded: it is publishing right now, or its
 * process is gone.
 */
public interface UnfinishedRun {
  /** The name of the pipeline that was run. */
  String pipeline();

  /** The id that the run was given, {@link RunRequest#runId}. */
  String runId();

  /** The unit that the run is for; empty for a pipeline without a partition. */
  Optional<Interval> unit();

  /**
   * Publishes the rest of what the run has computed, if any of it is published; nothing is computed
   * again, and nothing is ever undone. All preconditions of a commit are checked again first.
   *
   * @param gate passed before anything is published, and not asked again until all of it is
   * @throws RunFailedException when the lake fails, or the process was told to stop before: then it
   *     can be tried again
   */
  Completion complete(PublishGate gate);

  /**
   * Removes the run from the journal once its outcome is recorded; one that has not begun stays.
   */
  void settle();

  /** What became of an unfinished run. */
  enum Ending {
    /** All its outputs are published. */
    COMPLETED,
    /** None of its outputs is published: there is nothing to complete. */
    NOT_BEGUN,
    /** A later run has published, whose output stands. */
    OVERTAKEN,
    /** Tables or files have changed, so that it can't be completed. */
    GIVEN_UP
  }

  /**
   * What became of it.
   *
   * @param report of the run as a whole; with a failure when it was given up
   */
  record Completion(Ending ending, RunReport report) {}
}
