package io.penstock.spark.cleaning;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Publications;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds leftovers in outputs and in the state of runs.
 *
 * <p>A file system doesn't tell which processes are running, so leftovers are recognised by their
 * age: an attempt that is older than {@link Publications#LONGEST_ATTEMPT} no longer publishes, and
 * none of its files is older than the attempt.
 */
public final class Cleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final Publications publications;
  private final Instant before;

  /**
   * @param before files that were modified since are kept
   */
  public Cleaner(
      LakeRoot root, Configuration configuration, Publications publications, Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.publications = publications;
    this.before = before;
  }

  /** Searches outputs and the state of all runs. Outputs that can't be searched are skipped. */
  public FoundLeftovers everywhere(List<CleanedOutput> outputs) {
    FoundLeftovers found = new FoundLeftovers();
    new StateLeftovers(root, configuration, before).find(publications, found);
    outputs.forEach(output -> found.findOrSkip(output.folder(), output.finder()));
    return found;
  }

  /**
   * Searches these outputs only.
   *
   * @throws RuntimeException of the first output that can't be searched
   */
  public FoundLeftovers in(List<CleanedOutput> outputs) {
    FoundLeftovers found = new FoundLeftovers();
    outputs.forEach(output -> output.finder().accept(found));
    return found;
  }
}
