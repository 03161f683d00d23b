package io.penstock.spark.delta;

import io.penstock.spark.publication.SinkPublication.Standing;
import java.util.OptionalLong;

/**
 * Where a prepared commit stands among the attempts at its units.
 *
 * @param version the version that it made; empty when it made none, or nobody remembers
 */
record CommitStanding(Standing standing, OptionalLong version) {
  static CommitStanding of(Standing standing) {
    return new CommitStanding(standing, OptionalLong.empty());
  }
}
