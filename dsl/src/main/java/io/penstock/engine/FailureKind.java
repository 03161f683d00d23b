package io.penstock.engine;

/** What sort of failure it was: the caller decides by it whether a retry is worth while. */
public enum FailureKind {
  /** The caller asked for something that can't be. */
  USAGE,
  /** The data, or a check on it, is wrong. */
  DATA,
  /** An input is not there yet. */
  INPUT_MISSING,
  /** A service that the lake needs doesn't answer. */
  UNAVAILABLE,
  /** A fault of the program. */
  BUG,
  /** The memory given was not enough. */
  OUT_OF_MEMORY,
  /** A disk or file system failed. */
  STORAGE,
  /** Another writer was in the way, or the network: the same run may well succeed. */
  TRY_AGAIN,
  /** A later attempt at the same has published: what it published stands. */
  OVERTAKEN,
  /** The lake refuses access. */
  NOT_PERMITTED,
  /** The pipeline, its tables or its configuration are wrong. */
  INVALID,
  /** The run was told to stop before it published anything. */
  STOPPED
}
