/**
 * Writes the snippets by which other programs read a Delta table; they are printed, and run
 * elsewhere.
 *
 * <p>Knows where a table lies and what its features mean for a program; knows neither the lake nor
 * the engine. Those for DuckDB, polars and pandas are run by {@code samples/readers/check.py} in
 * every build, and Spark's by a test. Trino's is parsed by Trino's parser in a test, and was run
 * once with release 476.
 */
package io.penstock.jobs.read;
