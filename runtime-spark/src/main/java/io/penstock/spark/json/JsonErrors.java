package io.penstock.spark.json;

import org.apache.spark.sql.types.DataType;

/** Every exception of this package that isn't a defect. */
final class JsonErrors {
  private JsonErrors() {}

  static IllegalArgumentException unreadableType(DataType type) {
    return new IllegalArgumentException(
        "Cannot read "
            + type.sql()
            + " from JSON: the type has no form in it. Declare one of STRING, BOOLEAN, TINYINT,"
            + " SMALLINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE, DATE, TIMESTAMP, TIMESTAMP_NTZ,"
            + " BINARY, STRUCT, ARRAY, MAP<STRING, …> and convert it afterwards.");
  }
}
