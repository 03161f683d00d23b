package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.spark.files.Epochs;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.AttemptLine;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Numbers the attempts of a task, its epochs: an attempt never overwrites what a later one
 * published.
 *
 * <p>The attempts of one {@link AttemptLine} are counted together, so that units can run side by
 * side where they replace nothing that is the same.
 */
public final class AttemptNumbers {
  private final RunRequest request;
  private final Path directory;
  private final Epochs epochs;

  public AttemptNumbers(RunRequest request, LakeRoot root, Configuration configuration) {
    AttemptLine line = AttemptLine.of(request.pipeline(), request.unit());
    this.request = request;
    this.directory = root.resolve("_penstock/epochs/" + line.pipeline() + "/" + line.unit());
    this.epochs = new Epochs(configuration);
  }

  /** The number of the latest attempt that has begun, or 0. */
  public long last() {
    return epochs.last(directory);
  }

  /**
   * Begins an attempt.
   *
   * @param published the highest number that a sink of the task records
   */
  long begin(long published) {
    return epochs.next(directory, published, request.runId().getBytes(StandardCharsets.UTF_8));
  }
}
