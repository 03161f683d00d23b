package io.penstock.spark.cleaning;

import org.apache.hadoop.fs.Path;

/**
 * An output that is cleaned up.
 *
 * @param folder where it lies
 */
public record CleanedOutput(Path folder, LeftoverFinder finder) {}
