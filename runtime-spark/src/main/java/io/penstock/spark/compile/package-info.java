/**
 * From a pipeline and its interval to analysed Spark plans, or to all the problems it has.
 *
 * <p>Reads metadata only. Nothing here writes to the lake or knows how a run is published.
 */
package io.penstock.spark.compile;
