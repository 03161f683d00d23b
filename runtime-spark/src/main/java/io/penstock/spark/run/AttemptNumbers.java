package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.files.ConditionalWrites;
import io.penstock.spark.files.Epochs;
import io.penstock.spark.files.LakeRoot;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Numbers the attempts of a task, its epochs: an attempt never overwrites what a later one
 * published.
 *
 * <p>The attempts of one unit are counted by themselves, so that units can run side by side, unless
 * a sink replaces a whole: then all units of the pipeline are attempts at that sink.
 */
public final class AttemptNumbers {
  private final RunRequest request;
  private final LakeRoot root;
  private final Configuration configuration;
  private final Path directory;
  private final Epochs epochs;

  public AttemptNumbers(RunRequest request, LakeRoot root, Configuration configuration) {
    this.request = request;
    this.root = root;
    this.configuration = configuration;
    this.directory =
        root.resolve("_penstock/epochs/" + request.pipeline().name() + "/" + counted(request));
    this.epochs = new Epochs(configuration);
  }

  private static String counted(RunRequest request) {
    boolean everySinkByUnit =
        request.pipeline().writes().stream()
            .map(Write::sink)
            .allMatch(sink -> sink.partition().isPresent());
    return everySinkByUnit
        ? request.pipeline().partition().orElseThrow().label(request.unit().orElseThrow())
        : "all";
  }

  /** The number of the latest attempt that has begun, or 0. */
  public long last() {
    return epochs.last(directory);
  }

  /**
   * Begins an attempt: the first thing that a run writes, and what all others of it rest on.
   *
   * @param published the highest number that a sink of the task records
   * @throws io.penstock.spark.files.UnusableLakeException if the lake can't keep attempts apart
   */
  long begin(long published) {
    ConditionalWrites.require(root, configuration);
    return epochs.next(directory, published, request.runId().getBytes(StandardCharsets.UTF_8));
  }
}
