/**
 * CSV as RFC 4180 has it, read and written with types.
 *
 * <p>Spark's own reader hides where a record starts and whether a field was quoted, and its writer
 * has another escape, cuts timestamps and writes nothing for a NULL in a single column. Both
 * directions here agree: what {@link io.penstock.spark.csv.CsvFileWriter} writes, {@link
 * io.penstock.spark.csv.CsvSource} reads back as it was.
 *
 * <p>Knows Spark's types and rows and the lake's files; knows nothing of pipelines, Delta or
 * publication.
 */
package io.penstock.spark.csv;
