/**
 * Delta tables, as a source and as a sink: opened once and pinned to a version, checked, written
 * invisibly, published in one commit, cleaned up.
 *
 * <p>This package alone knows Delta's internal API, and within it {@code DeltaAdapter}, {@code
 * DeltaHistory}, {@code LogChanges}, {@code DeltaState} and {@code DataFile}, which read tables and
 * their logs, {@code DeltaWriter}, {@code EmptyFiles} and {@code DeltaTransaction}, which write
 * them, {@code UnstorableColumn}, {@code NewTableProtocol} and {@code WriteObstacles}, which check
 * what can be written, and {@code KnownSettings} and {@code LogStoreClass}, which check settings.
 * The engine reaches it through the interfaces in {@code source}, {@code sink}, {@code publication}
 * and {@code cleaning}.
 */
package io.penstock.spark.delta;
