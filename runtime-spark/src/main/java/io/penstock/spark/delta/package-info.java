/**
 * Delta tables as the engine needs them: opened once and pinned, written invisibly, published in
 * one commit.
 *
 * <p>This package alone knows Delta's internal API, and within it {@code DeltaAdapter} alone;
 * around it stand small values. It speaks Spark's types and knows nothing of pipelines.
 */
package io.penstock.spark.delta;
