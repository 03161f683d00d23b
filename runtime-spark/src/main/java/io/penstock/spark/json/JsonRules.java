package io.penstock.spark.json;

import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.ValueParsers;

/**
 * How objects are read, whatever their columns.
 *
 * @param values how texts of values are written
 * @param unknown counts keys that aren't declared
 * @param notes of the object that is being read
 */
record JsonRules(
    ExpectedColumns declared, ValueParsers values, UnknownKey unknown, ObjectNotes notes) {
  /** Counts a key that isn't declared. */
  interface UnknownKey {
    void found(String path, long objects);
  }
}
