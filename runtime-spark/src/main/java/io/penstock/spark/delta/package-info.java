/**
 * Delta tables, as a source and as a sink: opened once and pinned to a version, checked, written
 * invisibly, published in one commit, cleaned up.
 *
 * <p>This package alone knows Delta's internal API, and within it {@code DeltaAdapter}, {@code
 * DeltaHistory}, {@code DeltaState} and {@code DataFile}, which ask, {@code DeltaWriter}, {@code
 * EmptyFiles} and {@code DeltaTransaction}, which write, and {@code LogStoreClass} for what
 * settings name. The engine reaches it through the interfaces in {@code source}, {@code sink},
 * {@code publication} and {@code cleaning}.
 */
package io.penstock.spark.delta;
