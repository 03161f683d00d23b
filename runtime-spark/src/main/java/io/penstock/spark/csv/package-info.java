/**
 * CSV that follows RFC 4180, read and written with types.
 *
 * <p>Spark's own reader doesn't tell where a record starts or whether a field was quoted; its
 * writer escapes differently, truncates timestamps and writes nothing for a NULL in a single
 * column. Here both directions agree: {@link io.penstock.spark.csv.CsvFormat} reads exactly the
 * values that {@link io.penstock.spark.csv.CsvFileWriter} wrote.
 *
 * <p>Knows Spark's types and rows and the lake's files; knows nothing of pipelines, Delta or
 * publication.
 */
package io.penstock.spark.csv;
