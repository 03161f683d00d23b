/**
 * Computes the expected results of the sample jobs without them: with DuckDB, from the raw files.
 *
 * <p>Nothing here may use Penstock or Spark or copy their output; otherwise the samples' tests
 * would compare the program with itself.
 */
package io.penstock.samples.oracle;
