package io.penstock.spark.delta;

import java.util.OptionalLong;

/**
 * Where a prepared commit stands among the attempts at its units.
 *
 * @param version the version that it made; empty when it made none, or nobody remembers
 */
public record CommitStanding(Place place, OptionalLong version) {

  /** What the table says of it. */
  public enum Place {
    /** It wasn't made, nor was that of a later attempt. */
    WAITING,
    /** It was made, and no attempt came after it. */
    MADE,
    /**
     * It was made, and somebody else has changed since what it replaced, or restored an older
     * version; or the history that would tell is gone.
     */
    TAKEN_BACK,
    /** A later attempt has committed, or another one with its number. */
    OVERTAKEN
  }

  static CommitStanding of(Place place) {
    return new CommitStanding(place, OptionalLong.empty());
  }
}
