/**
 * Finds where values of two types meet, in comparisons, joins, set operations and choices, and
 * refuses the meeting where the type that Spark converts both to doesn't hold every value of each.
 *
 * <p>Knows Spark's expressions and plans, and nothing of pipelines.
 */
package io.penstock.spark.coercion;
