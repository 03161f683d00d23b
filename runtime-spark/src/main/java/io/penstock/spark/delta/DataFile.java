package io.penstock.spark.delta;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.delta.DeltaColumnMapping;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * A data file; opaque outside of the classes that know Delta's internal API.
 *
 * <p>Written against Delta 4.4.0.
 */
record DataFile(AddFile action) {
  static DataFile of(String json) {
    return new DataFile((AddFile) Action.fromJson(json));
  }

  String json() {
    return action.json();
  }

  long bytes() {
    return action.size();
  }

  /** The partition values by the columns' logical names. */
  Map<String, Optional<String>> partitionValues(Metadata table) {
    return partitionValues(table, action.partitionValues());
  }

  /** The partition values of any action that names a file. */
  static Map<String, Optional<String>> partitionValues(
      Metadata table, scala.collection.immutable.Map<String, String> ofFile) {
    Map<String, String> stored = ScalaInterop.map(ofFile);
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (StructField column : table.partitionSchema().fields()) {
      values.put(
          column.name(),
          Optional.ofNullable(stored.get(DeltaColumnMapping.getPhysicalName(column))));
    }
    return values;
  }

  OptionalLong rows() {
    return ScalaInterop.optional(action.numLogicalRecords())
        .map(rows -> OptionalLong.of((Long) rows))
        .orElseGet(OptionalLong::empty);
  }
}
