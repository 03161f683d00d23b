/**
 * The contract of an output with its writers and readers: the unit of time by which it is replaced,
 * the columns that hold the unit, and the pipelines that write it.
 *
 * <p>A table stores its contract in its properties, an export in a file of its own. Knows the
 * language's values, and no file system.
 */
package io.penstock.spark.contract;
