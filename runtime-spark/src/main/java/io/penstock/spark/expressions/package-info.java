/**
 * The user's SQL: it is parsed, bound to the run's values, and refused where it depends on more
 * than declared inputs and values.
 */
package io.penstock.spark.expressions;
