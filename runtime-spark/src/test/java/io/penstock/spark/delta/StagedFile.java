package io.penstock.spark.delta;

import io.penstock.spark.testing.SparkTestSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** The files of a table that is there. */
  static List<StagedFile> of(StagedWrite staged) {
    DeltaAdapter table = DeltaAdapter.of(SparkTestSession.spark(), staged.path());
    return staged.actionsAsJson().stream()
        .filter(action -> action.startsWith("{\"add\""))
        .map(DataFile::of)
        .map(
            file ->
                new StagedFile(
                    table.location(file),
                    file.bytes(),
                    file.rows().orElseThrow(),
                    file.partitionValues(table.latest().metadata())))
        .toList();
  }
}
