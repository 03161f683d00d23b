package io.penstock.plan;

/** What a step does to the rows that it reads, whatever its expressions are. */
public enum NodeProperty {
  /** Every row is handed on, and none changes; their order may. */
  KEEPS_ROWS,

  /** The columns stay the same, by name, type and place. */
  KEEPS_COLUMNS,

  /** What an alias names before the step, it names behind it. */
  KEEPS_ALIASES,

  /** The rows that remain stay in their order. */
  KEEPS_ORDER,

  /** The rows come in an order that the author asked for. */
  SETS_ORDER,

  /** Rows move between tasks, or nobody knows: computing them again costs more than a scan. */
  MOVES_ROWS,

  /** The same rows give the same rows each time, by what the step is. */
  NEVER_VARIES
}
