/**
 * Makes conversions to dates and times safe. A text to which Spark would add today's date is
 * refused: a constant when the pipeline is compiled, any other when a row holds it. So is a number
 * that leads beyond the last date or time, where Spark silently computes a wrong one.
 *
 * <p>Knows Spark's expressions and plans, and nothing of pipelines.
 */
package io.penstock.spark.datetime;
