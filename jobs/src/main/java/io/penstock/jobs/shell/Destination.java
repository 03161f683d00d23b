package io.penstock.jobs.shell;

/** Where a run of a session writes. */
public enum Destination {
  /** To a lake that belongs to the session alone. */
  SCRATCH,
  /** To the lake itself, as {@code penstock run} does. */
  LAKE
}
