package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/**
 * A table that isn't there yet, as the commit that publishes its first rows makes it.
 *
 * @param schema all columns in order; a column that is not nullable becomes NOT NULL
 * @param partitionColumns names of columns of the schema, outermost first; may be empty
 */
public record TableDefinition(
    Path path, StructType schema, List<String> partitionColumns, TableDescription description) {
  public TableDefinition {
    partitionColumns = List.copyOf(partitionColumns);
    Set<String> columns = Set.of(schema.fieldNames());
    if (columns.isEmpty()) {
      throw DeltaErrors.noColumns(path);
    }
    for (String column : partitionColumns) {
      if (!columns.contains(column)) {
        throw DeltaErrors.unknownPartitionColumn(path, column, List.of(schema.fieldNames()));
      }
    }
    if (new HashSet<>(partitionColumns).size() == columns.size()) {
      throw DeltaErrors.onlyPartitionColumns(path);
    }
  }

  void requirePartitionColumns(PartitionPredicate partitions) {
    for (String column : partitions.columns()) {
      if (!partitionColumns.contains(column)) {
        throw DeltaErrors.notPartitioned(path, column, partitionColumns);
      }
    }
  }
}
