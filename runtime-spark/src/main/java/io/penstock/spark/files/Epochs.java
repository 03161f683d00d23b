package io.penstock.spark.files;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Hands out epochs, which are fencing tokens: increasing numbers by which a later attempt fences
 * off an earlier one that is still running. A number is taken by creating {@code <number>.json} in
 * a directory, and stays taken.
 *
 * <p>Two calls never get the same number, whatever process makes them. A call gets a larger number
 * than every call that returned before it started.
 */
public final class Epochs {
  private final Configuration configuration;
  private final PutIfAbsent putIfAbsent;

  public Epochs(Configuration configuration) {
    this.configuration = configuration;
    this.putIfAbsent = new PutIfAbsent(configuration);
  }

  /**
   * Takes the next number, starting at 1.
   *
   * @param directory qualified; holds epochs only, and is created when needed
   * @param above a lower bound that is recorded elsewhere, in case the directory was lost: the
   *     number is larger than this too
   * @param content records who took the number; unique to the attempt (see {@link PutIfAbsent})
   */
  public long next(Path directory, long above, byte[] content) {
    long epoch = Math.max(last(directory), above);
    do {
      epoch++;
    } while (!putIfAbsent.put(entry(directory, epoch), content));
    return epoch;
  }

  /** The largest number taken so far, or 0. */
  public long last(Path directory) {
    return NumberedEntries.numbers(LakeFiles.of(directory, configuration).list(directory))
        .max()
        .orElse(0);
  }

  /** The file that records who took a number. */
  static Path entry(Path directory, long epoch) {
    return new Path(directory, NumberedEntries.name(epoch));
  }
}
