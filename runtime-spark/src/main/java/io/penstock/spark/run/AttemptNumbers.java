package io.penstock.spark.run;

import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunRequest;
import io.penstock.spark.files.ConditionalWrites;
import io.penstock.spark.files.Epochs;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.FencingScope;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Numbers the attempts of a task, its epochs: an attempt never overwrites what a later one
 * published.
 *
 * <p>The attempts of one {@link FencingScope} are counted together, so that units can run side by
 * side where they replace nothing that is the same.
 */
public final class AttemptNumbers {
  private final RunRequest request;
  private final LakeRoot root;
  private final Configuration configuration;
  private final Path directory;
  private final Epochs epochs;

  public AttemptNumbers(RunRequest request, LakeRoot root, Configuration configuration) {
    FencingScope scope = FencingScope.of(request.pipeline(), request.unit());
    this.request = request;
    this.root = root;
    this.configuration = configuration;
    this.directory = LakeLayout.epochs(root, scope.pipeline(), scope.unit());
    this.epochs = new Epochs(configuration);
  }

  /** The number of the latest attempt that has begun, or 0. */
  public long last() {
    return epochs.last(directory);
  }

  /**
   * Begins an attempt: the first thing that a run writes, and what all others of it rest on.
   *
   * @param published the highest number that a sink of the task records
   * @throws RunFailedException if the lake can't keep attempts apart
   */
  long begin(long published) {
    ConditionalWrites.require(root, configuration);
    return epochs.next(directory, published, new AttemptDocument(request.runId()).json());
  }
}
