/**
 * Keeps the machine's clock out of what expressions compute: texts that Spark completes from it are
 * refused, those of constants when compiling, others when a row holds one. So are numbers that lead
 * beyond all times, of which Spark makes others.
 *
 * <p>Knows Spark's expressions and plans, and nothing of pipelines.
 */
package io.penstock.spark.clock;
