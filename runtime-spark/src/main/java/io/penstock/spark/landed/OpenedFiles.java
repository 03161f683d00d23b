package io.penstock.spark.landed;

import io.penstock.engine.Failure;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.FileSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source of files that was opened for a run.
 *
 * @param count the rows read so far
 * @param unknown what isn't declared in the records read so far
 * @param incomplete compares the records with the numbers that the delivery states
 * @param pinned the files as listed
 */
record OpenedFiles(
    FileSource<?> source,
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> count,
    Supplier<Map<String, Long>> unknown,
    Supplier<Optional<Failure>> incomplete,
    PinnedFiles pinned,
    Configuration configuration)
    implements OpenedInput {
  @Override
  public List<ReaderLimit> readerLimits() {
    return List.of();
  }

  @Override
  public OptionalLong rowsRead() {
    return count.get();
  }

  @Override
  public Map<String, Long> unknownKeys() {
    return unknown.get();
  }

  @Override
  public Optional<Failure> undelivered() {
    return incomplete.get();
  }

  @Override
  public Optional<String> doubt() {
    return Optional.of("files are not versioned");
  }

  @Override
  public Optional<String> digest() {
    return Optional.of(pinned.digest());
  }

  @Override
  public Optional<Path> changed(Configuration with) throws IOException {
    return pinned.changed(with);
  }

  @Override
  public Optional<Failure> explain(Throwable thrown) {
    return Optional.empty();
  }
}
