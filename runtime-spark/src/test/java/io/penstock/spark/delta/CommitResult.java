package io.penstock.spark.delta;

import java.util.OptionalLong;

/**
 * A commit that took effect.
 *
 * @param version empty when it had been made before, and nobody remembers which it was
 * @param attempts how often it was tried; more than one when other writers were in the way
 */
record CommitResult(OptionalLong version, int attempts) {}
