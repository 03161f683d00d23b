package io.penstock.spark.records;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class RecordErrors {
  private RecordErrors() {}

  static IllegalArgumentException repeatedColumn(String column) {
    return new IllegalArgumentException(
        "Cannot read files with two columns named '"
            + column
            + "': the declared, constant and defect columns of a source share one row. Rename"
            + " one.");
  }

  static IllegalArgumentException noColumns() {
    return new IllegalArgumentException(
        "Cannot read files without declared columns: nothing would be read. Declare at least one.");
  }

  static IllegalArgumentException constantsDiffer(String file, int given, int declared) {
    return new IllegalArgumentException(
        "Cannot read "
            + file
            + ": it carries "
            + given
            + " constant values where the source declares "
            + declared
            + ". Give one value per constant column, in the same order.");
  }
}
