package io.penstock.spark.cleaning;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Publications;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Looks through outputs and the notes of runs.
 *
 * <p>A file system doesn't tell which processes are still running, so leftovers are told by their
 * age: an attempt that is older than {@link Publications#LONGEST_ATTEMPT} publishes nothing any
 * more, and none of its files is older than the attempt.
 */
public final class Cleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final Publications publications;
  private final Instant before;

  /**
   * @param before what was changed since is left alone
   */
  public Cleaner(
      LakeRoot root, Configuration configuration, Publications publications, Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.publications = publications;
    this.before = before;
  }

  /**
   * Looks through outputs, those that can't be looked through aside, and through the notes of all
   * runs.
   */
  public FoundLeftovers everywhere(List<CleanedOutput> outputs) {
    FoundLeftovers found = new FoundLeftovers();
    new StateLeftovers(root, configuration, before).find(publications, found);
    outputs.forEach(output -> found.unlessItFails(output.folder(), output.finder()::find));
    return found;
  }

  /**
   * Looks through these outputs alone.
   *
   * @throws RuntimeException of the first that can't be looked through
   */
  public FoundLeftovers in(List<CleanedOutput> outputs) {
    FoundLeftovers found = new FoundLeftovers();
    outputs.forEach(output -> output.finder().find(found));
    return found;
  }
}
