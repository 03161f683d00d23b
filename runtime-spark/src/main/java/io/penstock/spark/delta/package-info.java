/**
 * Delta tables, as a source and as a sink: opened once and pinned to a version, checked, written
 * invisibly, published in one commit, cleaned up.
 *
 * <p>This package alone knows Delta's internal API, and within it {@code DeltaAdapter} with {@code
 * DeltaWriter}, and {@code LogStoreClass} for what settings name; around them stand small values.
 * The engine reaches it through the interfaces in {@code source}, {@code sink}, {@code publication}
 * and {@code cleaning}.
 */
package io.penstock.spark.delta;
