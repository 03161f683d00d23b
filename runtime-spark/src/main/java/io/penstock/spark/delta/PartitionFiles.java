package io.penstock.spark.delta;

import java.util.OptionalLong;

/**
 * The live files of some partitions.
 *
 * @param rows as the files' statistics say; absent when a file has none
 */
public record PartitionFiles(long files, long bytes, OptionalLong rows) {}
