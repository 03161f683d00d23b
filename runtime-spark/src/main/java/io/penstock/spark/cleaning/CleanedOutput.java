package io.penstock.spark.cleaning;

import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * An output to clean up.
 *
 * @param folder of the output
 * @param finder searches it for leftovers; throws when it can't be searched
 */
public record CleanedOutput(Path folder, Consumer<FoundLeftovers> finder) {}
