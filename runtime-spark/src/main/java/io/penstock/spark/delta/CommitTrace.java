package io.penstock.spark.delta;

import java.util.OptionalLong;

/**
 * What a table's history says about a commit.
 *
 * @param version the version that the commit made; empty when the history doesn't hold it
 * @param whole whether the history is complete: otherwise entries have been removed after the
 *     table's retention, and that of the commit may have been among them
 */
public record CommitTrace(OptionalLong version, boolean whole) {
  /** Whether the commit may have been made. */
  boolean isPossible() {
    return version.isPresent() || !whole;
  }
}
