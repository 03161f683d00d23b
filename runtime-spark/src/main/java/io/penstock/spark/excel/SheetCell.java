package io.penstock.spark.excel;

/**
 * A cell as the sheet holds it.
 *
 * @param text of a text, what it says; of anything else, what stands in the file
 * @param isFormula whether the value was computed
 * @param format of a number
 * @param problem of one that can't be read, to be put after it, without the value; else empty
 */
record SheetCell(Kind kind, String text, boolean isFormula, NumberFormat format, String problem) {
  /** A cell that isn't there. */
  static final SheetCell NONE = new SheetCell(Kind.NOTHING, "", false, NumberFormat.NUMBER, "");

  /** What a cell holds. */
  enum Kind {
    NOTHING,
    NUMBER,
    TEXT,
    TRUTH,
    /** A date or time that is written as such. */
    TIME,
    ERROR,
    UNREADABLE
  }

  static SheetCell of(Kind kind, String text, boolean isFormula) {
    return new SheetCell(kind, text, isFormula, NumberFormat.NUMBER, "");
  }

  static SheetCell unreadable(String problem) {
    return new SheetCell(Kind.UNREADABLE, "", false, NumberFormat.NUMBER, problem);
  }
}
