package io.penstock.spark.cleaning;

import org.apache.hadoop.fs.Path;

/**
 * An output to clean up.
 *
 * @param folder of the output
 */
public record CleanedOutput(Path folder, LeftoverFinder finder) {}
