package io.penstock.plan;

/** What a step does to the rows that it reads, whatever its expressions are. */
public enum NodeProperty {
  /** Every row is passed on unchanged; their order may change. */
  KEEPS_ROWS,

  /** The columns stay the same, by name, type and place. */
  KEEPS_COLUMNS,

  /** What an alias names before the step, it names behind it. */
  KEEPS_ALIASES,

  /** The rows that remain stay in their order. */
  KEEPS_ORDER,

  /** The rows come in an order that the author asked for. */
  SETS_ORDER,

  /** Rows are shuffled, or may be: computing them again costs more than a scan. */
  MOVES_ROWS,

  /** The same rows give the same rows each time, by what the step is. */
  NEVER_VARIES
}
