/** The author's SQL: parsed, bound to the run's values, and held to what a query may depend on. */
package io.penstock.spark.expressions;
