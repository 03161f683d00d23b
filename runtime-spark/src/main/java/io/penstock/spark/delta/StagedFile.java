package io.penstock.spark.delta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A data file that is written and not yet part of its table.
 *
 * @param path absolute
 * @param rows counted while it was written
 * @param partitionValues by logical column name, in Delta's text form; absent stands for NULL
 */
record StagedFile(Path path, long bytes, long rows, Map<String, Optional<String>> partitionValues) {
  public StagedFile {
    partitionValues = Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
  }
}
