/**
 * Delta tables as the engine needs them: opened once and pinned, written invisibly, published in
 * one commit.
 *
 * <p>This package alone knows Delta's internal API, and within it {@code DeltaAdapter} with {@code
 * DeltaWriter}, and {@code LogStoreClass} for what settings name; around them stand small values.
 * It speaks Spark's types and knows nothing of pipelines.
 */
package io.penstock.spark.delta;
