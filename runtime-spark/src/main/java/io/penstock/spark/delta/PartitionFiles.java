package io.penstock.spark.delta;

import java.util.OptionalLong;

public record PartitionFiles(long count, long bytes, OptionalLong rows) {}
