/**
 * What the sample jobs must produce, computed without them: DuckDB over the raw files of the lake.
 *
 * <p>Nothing here may use Penstock or Spark, and nothing may be copied from what they print;
 * otherwise the samples' tests would compare the program with itself.
 */
package io.penstock.samples.oracle;
