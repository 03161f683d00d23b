package io.penstock.spark.publication;

/** How far an attempt at a task has come, in this order; some come once for each output. */
public enum Step {
  /** It has its number. */
  BEGUN,
  /** All files are written, and none is visible. */
  WRITTEN,
  /** All checks have passed. */
  CHECKED,
  /** What is to be published is in the journal. */
  JOURNALLED,
  /** One output is about to become visible, in the next operation. */
  READY,
  /** One output is visible to readers of the table's log or the export's manifest. */
  VISIBLE,
  /** One output is published, also at the stable path of an export. */
  PUBLISHED,
  /** The outcome is recorded, and the attempt's journal entry is removed. */
  SETTLED
}
