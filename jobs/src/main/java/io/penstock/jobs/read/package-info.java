/**
 * Writes the snippets by which other programs read a Delta table; they are printed, and run
 * elsewhere.
 *
 * <p>Knows where a table lies and what its features mean for a program; knows neither the lake nor
 * the engine. Those for DuckDB, polars and pandas are run by {@code samples/readers/check.py} in
 * every build, and Spark's statement by a test. Trino's are parsed by Trino's parser in a test, and
 * were run once with release 476.
 */
package io.penstock.jobs.read;
