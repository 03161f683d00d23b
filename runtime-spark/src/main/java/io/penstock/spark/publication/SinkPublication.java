package io.penstock.spark.publication;

import io.penstock.engine.RunReport;

/** Publishes one written output. */
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
   * Makes sure that nothing known by now rules out publishing it. Asked of all outputs before the
   * first one is visible, so that a refused publication leaves everything as it was.
   *
   * @throws RuntimeException as {@link #publish} would, if a later attempt has published, or the
   *     table or the contract has changed
   */
  void requireUnopposed();

  /** Whether a publication that failed took effect all the same; not asked when its gate failed. */
  Outcome outcomeOf(Exception failure);

  /**
   * Makes sure that every written file is there as it was written, before an attempt that died is
   * completed: nobody knows what has happened to them since.
   *
   * @throws RuntimeException as {@link #publish} would, if something is gone or has changed
   */
  void requirePublishable();

  /**
   * Makes sure that what it replaces has not changed since it was written. Asked right before each
   * try to publish for an attempt that died.
   *
   * @throws RuntimeException when it has changed since, or when that can't be told any more
   */
  void requireUntouched();

  /** Where it stands among the attempts, whichever process published it. */
  Standing standing();

  /** What was written; with the version, once it is published. */
  RunReport.Output output();

  /** Repairs what readers see, where an attempt that was overtaken may have changed it. */
  void repair();

  /** What is known about a failed publication. */
  enum Outcome {
    PUBLISHED,
    NOT_PUBLISHED,
    /** It could not be looked up, or isn't visible and a delayed request may still make it so. */
    UNKNOWN
  }

  /** Where an output stands among the attempts at it. */
  enum Standing {
    /** It isn't visible, nor is that of a later attempt. */
    WAITING,
    /** It is what readers see. */
    PUBLISHED,
    /**
     * It was what readers saw, until somebody else changed it or restored an older version; or that
     * can't be told any more.
     */
    TAKEN_BACK,
    /** A later attempt has published. */
    OVERTAKEN
  }
}
