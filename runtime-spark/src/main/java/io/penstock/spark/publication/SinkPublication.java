package io.penstock.spark.publication;

import io.penstock.engine.RunReport;

/** One written output on its way to being visible. */
public interface SinkPublication {
  /**
   * Makes it visible, in well under a second. Idempotent: when it is visible already, nothing
   * happens.
   *
   * @param gate runs right before each try; what it throws ends the publication, and nothing became
   *     visible
   * @param steps told when it is about to be visible, and when it is
   */
  void publish(Runnable gate, Steps steps);

  /**
   * Makes sure that nothing known by now speaks against publishing it. Asked of all outputs before
   * the first one is visible, so that what is refused leaves everything as it was.
   *
   * @throws RuntimeException as {@link #publish} would, if a later attempt has published, or the
   *     table or the contract has changed
   */
  void requireUnopposed();

  /** Whether a publication that failed took effect all the same; not asked when its gate failed. */
  Outcome outcomeOf(Exception failure);

  /**
   * Looks at all that lies where it was written, bytes and all, before an attempt that died is
   * completed: nobody knows what has happened to it since.
   *
   * @throws RuntimeException as {@link #publish} would, if something is gone or has changed
   */
  void requirePublishable();

  /**
   * Makes sure that what it replaces is as it was when it was written. Whoever publishes for an
   * attempt that died asks this right before each try.
   *
   * @throws RuntimeException when somebody has changed it since, or when nobody can tell
   */
  void requireUntouched();

  /** Where it stands, whoever brought it there. */
  Standing standing();

  /** What was written; with the version, once it is published. */
  RunReport.Output output();

  /** Puts right what an attempt that was overtaken may have left where readers look. */
  void repair();

  /** What is known about a failed publication. */
  enum Outcome {
    PUBLISHED,
    NOT_PUBLISHED,
    /** Nobody could look, or it isn't visible and a store that acts late may still make it so. */
    UNKNOWN
  }

  /** Where an output stands among the attempts at it. */
  enum Standing {
    /** It isn't visible, nor is that of a later attempt. */
    WAITING,
    /** It is what readers see. */
    PUBLISHED,
    /**
     * It was what readers saw, until somebody else changed it or restored what was; or nobody can
     * tell any more whether it is.
     */
    TAKEN_BACK,
    /** A later attempt has published. */
    OVERTAKEN
  }
}
