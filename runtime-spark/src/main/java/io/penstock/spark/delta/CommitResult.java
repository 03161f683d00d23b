package io.penstock.spark.delta;

import java.util.OptionalLong;

/**
 * A commit that took effect.
 *
 * @param version the table's version that holds it; empty when it had been made before, so long ago
 *     that the table's history has been removed after its retention
 * @param attempts how often it was tried; more than one when other writers were in the way
 * @param removedFiles the number of files it took out of the table; 0 when it had been made before,
 *     by an earlier call
 * @param removedBytes the size of these files
 */
public record CommitResult(
    OptionalLong version, int attempts, long removedFiles, long removedBytes) {}
