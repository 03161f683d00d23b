/**
 * Compiles a pipeline for an interval: to analysed Spark plans, or to all the problems it has.
 *
 * <p>Reads only metadata. Nothing here writes to the lake or knows how a run is published.
 */
package io.penstock.spark.compile;
